using System.Text.Json.Nodes;

namespace PushPruner.Cli.Tests.Reconcile;

/// <summary>How a command ended, and what it said.</summary>
public sealed record CliResult(int ExitCode, string Output, string Error)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    public IReadOnlyList<string> Lines => Output.Split('\n');

    public JsonNode Result(string repository) =>
        Json["repositories"]!.AsArray().Single(r => r!["repository"]!.GetValue<string>() == repository)!["result"]!;
}
