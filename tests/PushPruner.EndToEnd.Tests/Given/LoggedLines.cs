using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AWS.Lambda.Powertools.Common;

namespace PushPruner.EndToEnd.Tests.Given;

/// <summary>What the function's own logger wrote, line by line.</summary>
public sealed class LoggedLines : IConsoleWrapper
{
    readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyList<string> Raw => [.. lines];

    /// <summary>Each as the one JSON object that it has to be.</summary>
    public IReadOnlyList<JsonObject> All => [.. lines.Select(line => JsonNode.Parse(line)!.AsObject())];

    public void WriteLine(string message) => lines.Enqueue(message);

    public void Debug(string message) => lines.Enqueue(message);

    public void Error(string message) => lines.Enqueue(message);

    public void Clear() => lines.Clear();

    /// <summary>Those whose message begins so.</summary>
    public IReadOnlyList<JsonObject> Beginning(string message) =>
        [.. All.Where(line => line["message"]!.GetValue<string>().StartsWith(message, StringComparison.Ordinal))];
}
