using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using AWS.Lambda.Powertools.Common;

namespace PushPruner.Testing.Functions;

/// <summary>
/// What the function's own logger wrote, line by line. The logger's configuration is one for the whole process, so all tests share one
/// output, which hands each line to the deployment whose function is running, and otherwise to the console.
/// </summary>
public sealed class LoggedLines
{
    static readonly AsyncLocal<LoggedLines?> Running = new();
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    readonly ConcurrentQueue<string> lines = new();

    /// <summary>What the logger is configured with, by every test that runs functions in this process.</summary>
    public static IConsoleWrapper SharedOutput { get; } = new Router();

    public IReadOnlyList<string> Raw => [.. lines];

    /// <summary>Each as the one JSON object that it has to be, with no field twice, which strict readers refuse.</summary>
    public IReadOnlyList<JsonObject> All => [.. lines.Select(line => JsonNode.Parse(line, documentOptions: Strict)!.AsObject())];

    public void Clear() => lines.Clear();

    /// <summary>Keeps what is logged while this runs.</summary>
    public async Task<T> DuringAsync<T>(Func<Task<T>> runAsync)
    {
        Running.Value = this;
        return await runAsync();
    }

    /// <summary>Those whose message begins so.</summary>
    public IReadOnlyList<JsonObject> Beginning(string message) =>
        [.. All.Where(line => line["message"]!.GetValue<string>().StartsWith(message, StringComparison.Ordinal))];

    sealed class Router : IConsoleWrapper
    {
        public void WriteLine(string message)
        {
            if (Running.Value is { } running)
                running.lines.Enqueue(message);
            else
                Console.WriteLine(message);
        }

        public void Debug(string message) => WriteLine(message);

        public void Error(string message) => WriteLine(message);
    }
}
