using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>The retriers of one visit to a state: each has attempts of its own.</summary>
sealed class Retries(JsonNode state)
{
    readonly JsonNode[] retriers = state["Retry"]?.AsArray().Select(r => r!).ToArray() ?? [];
    readonly Dictionary<JsonNode, int> taken = [];

    /// <returns>The most that is waited before the next attempt; null when there is none.</returns>
    public TimeSpan? Next(StateError error)
    {
        if (error.IsTerminal || retriers.FirstOrDefault(r => error.IsOneOf(Names(r))) is not { } retrier)
            return null;

        var attempts = taken.GetValueOrDefault(retrier);
        if (attempts >= Number(retrier, "MaxAttempts"))
            return null;

        taken[retrier] = attempts + 1;
        return TimeSpan.FromSeconds(
            Math.Min(
                Number(retrier, "MaxDelaySeconds"),
                Number(retrier, "IntervalSeconds") * Math.Pow(Number(retrier, "BackoffRate"), attempts)));
    }

    public static IEnumerable<string> Names(JsonNode retrierOrCatcher) =>
        retrierOrCatcher["ErrorEquals"]!.AsArray().Select(name => name!.GetValue<string>());

    static long Number(JsonNode retrier, string field) => retrier[field]!.GetValue<long>();
}
