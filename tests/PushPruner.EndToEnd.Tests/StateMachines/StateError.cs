using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>What a state ends with that doesn't succeed, by the names that Retry and Catch know.</summary>
sealed class StateError(string name, string cause) : Exception($"{name}: {cause}")
{
    public string Name => name;

    public string Cause => cause;

    /// <summary>Neither Retry nor Catch helps, not even with States.ALL.</summary>
    public bool IsTerminal => name is "States.DataLimitExceeded" or "States.Runtime";

    /// <summary>As <c>$states.errorOutput</c>, and as a Catch hands it on.</summary>
    public JsonObject Output => new() { ["Error"] = name, [nameof(Cause)] = cause };

    public bool IsOneOf(IEnumerable<string> names) => names.Any(asked => asked == name || (asked == "States.ALL" && !IsTerminal));
}
