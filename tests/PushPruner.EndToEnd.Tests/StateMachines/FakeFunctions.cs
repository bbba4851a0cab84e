using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>A registry of names, and functions that answer by the contract what they are told to.</summary>
sealed class FakeFunctions : IFunctions
{
    // Of an answer, as the function's.
    const int MostBytes = 32 * 1024;

    readonly ConcurrentDictionary<string, int> runs = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Repositories { get; init; } = [];

    public int NamesAPage { get; init; } = 500;

    /// <summary>What a run answers beside <see cref="Finished"/>, by repository and by how many runs that has had; or throws.</summary>
    public Func<string, int, JsonObject> OnRun { get; init; } = (_, _) => [];

    /// <summary>Is told of each page that is asked for, and may throw.</summary>
    public Action<int> OnList { get; init; } = _ => { };

    /// <summary>Waited for before a run answers.</summary>
    public Func<Task> Meanwhile { get; init; } = () => Task.CompletedTask;

    public ConcurrentQueue<JsonObject> Orders { get; } = new();

    public int Lists { get; private set; }

    public int RunsOf(string repository) => runs.GetValueOrDefault(repository);

    /// <summary>The answer of a run that found nothing to do.</summary>
    public static JsonObject Finished(string repository) =>
        JsonNode
            .Parse(
                $$$"""
                {"repository":"{{{repository}}}","outcome":"nothing-expired","dryRun":false,"resynced":false,"expired":[],"deleted":[],"failed":[],
                 "expiredCount":0,"deletedCount":0,"failedCount":0,"doubtCount":0,"bytes":0,"done":true,"images":0,"kept":0,"drift":{"missing":0,"phantom":0,"stale":0},
                 "rowsWritten":0,"lastingDoubtCount":0,"overridesMalformed":false,"deferredOverADay":false}
                """)!
            .AsObject();

    public async Task<JsonNode> InvokeAsync(string name, JsonObject payload) =>
        name == "ListRepositories" ? List(payload) : await RunAsync(payload);

    JsonObject List(JsonObject payload)
    {
        Lists++;
        OnList(Lists);
        var from = payload["nextToken"] is { } token
            ? int.Parse(token.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        payload.Select(p => p.Key).Except(["nextToken", "execution"]).ShouldBeEmpty();
        var bytes = 0;
        var page = Repositories
            .Skip(from)
            .Take(NamesAPage)
            .TakeWhile(repository => (bytes += repository.Length + 3) < MostBytes - 1_000)
            .ToList();
        var answer = new JsonObject { ["repositories"] = new JsonArray([.. page.Select(n => JsonValue.Create(n))]) };
        if (from + page.Count < Repositories.Count)
            answer["nextToken"] = (from + page.Count).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return answer;
    }

    async Task<JsonObject> RunAsync(JsonObject order)
    {
        Orders.Enqueue(order.DeepClone().AsObject());
        var repository = order["repository"]!.GetValue<string>();
        var run = runs.AddOrUpdate(repository, 1, (_, before) => before + 1);
        await Meanwhile();
        var answer = Finished(repository);
        foreach (var (field, value) in OnRun(repository, run))
        {
            answer.ContainsKey(field).ShouldBeTrue($"{field} is not in the contract");
            answer[field] = value?.DeepClone();
        }

        return answer;
    }
}
