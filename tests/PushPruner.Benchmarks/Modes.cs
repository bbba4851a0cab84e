using System.CommandLine;
using PushPruner.Benchmarks.Costs;
using PushPruner.Benchmarks.Loads;
using PushPruner.Benchmarks.Pure;
using PushPruner.Benchmarks.Starts;
using PushPruner.Benchmarks.Systems;
using PushPruner.Benchmarks.Tables;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.Benchmarks;

/// <summary>What to measure, and where the tables go: to the output, and into documents that have places for them.</summary>
static class Modes
{
    static readonly Option<int[]> Sizes = new("--sizes")
    {
        Description = "images in the repositories",
        DefaultValueFactory = _ => [100, 1_000, 10_000, 100_000],
        AllowMultipleArgumentsPerToken = true,
    };
    static readonly Option<int> Seconds = new("--seconds") { Description = "how long each load goes on", DefaultValueFactory = _ => 60 };
    static readonly Option<int> Starts = new("--starts")
    {
        Description = "how often each program is started", DefaultValueFactory = _ => 20,
    };
    static readonly Option<string[]> Write = new("--write")
    {
        Description = "documents to write the tables into, between their markers",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = true,
    };

    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Measures what PushPruner costs and how fast it is.")
        {
            Mode("pure", "the parts without I/O", (_, _) => Task.FromResult<IEnumerable<Section>>([PureReport.Run()])),
            Mode("system", "pushes, reconciles and full scans by repository size, and what they cost", SystemAsync, Sizes),
            Mode(
                "start",
                "cold starts and warm pushes of the deployed program",
                async (parsed, token) => StartReport.Of(await StartAsync(parsed, token)),
                Starts),
            Mode("load", "many pushes at once on a throttled registry", LoadAsync, Seconds),
            Mode("all", "everything", AllAsync, Sizes, Seconds, Starts),
        };
        return root.Parse(args).InvokeAsync();
    }

    static Command Mode(
        string name, string description, Func<ParseResult, CancellationToken, Task<IEnumerable<Section>>> runAsync, params Option[] options)
    {
        var command = new Command(name, description) { Write };
        foreach (var option in options)
            command.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var sections = (await runAsync(parsed, cancellationToken)).Prepend(Machine.Section()).ToList();
            foreach (var section in sections)
                await Console.Out.WriteLineAsync($"{section.Name}\n\n{section.Text}");
            if (parsed.GetValue(Write) is { Length: > 0 } documents)
                await Document.WriteAsync(documents, sections, cancellationToken);
        });
        return command;
    }

    static async Task<IEnumerable<Section>> SystemAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var dynamo = await DynamoAsync(cancellationToken);
        return SystemReport.Of(await new SystemBenchmark(dynamo, Console.Error).RunAsync(parsed.GetValue(Sizes)!, cancellationToken));
    }

    static async Task<IReadOnlyList<ProgramStarts>> StartAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var dynamo = await DynamoAsync(cancellationToken);
        return await new StartBenchmark(dynamo, Console.Error).RunAsync(parsed.GetValue(Starts), cancellationToken);
    }

    static async Task<IEnumerable<Section>> LoadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var dynamo = await DynamoAsync(cancellationToken);
        return [LoadReport.Of(await new LoadBenchmark(dynamo, Console.Error).RunAsync(parsed.GetValue(Seconds), cancellationToken))];
    }

    // Costs follow from what the others measured.
    static async Task<IEnumerable<Section>> AllAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var pure = PureReport.Run();
        IReadOnlyList<SystemRow> rows;
        await using (var dynamo = await DynamoAsync(cancellationToken))
            rows = await new SystemBenchmark(dynamo, Console.Error).RunAsync(parsed.GetValue(Sizes)!, cancellationToken);
        var starts = await StartAsync(parsed, cancellationToken);
        var load = await LoadAsync(parsed, cancellationToken);
        return [pure, .. SystemReport.Of(rows), .. StartReport.Of(starts), .. load, .. CostReport.Of(rows, starts[0])];
    }

    static async Task<DynamoDbServer> DynamoAsync(CancellationToken cancellationToken) =>
        await DynamoDbServer.TryStartAsync(cancellationToken)
        ?? throw new InvalidOperationException($"this needs a DynamoDB server: {DynamoDbServer.WhyNone}");
}
