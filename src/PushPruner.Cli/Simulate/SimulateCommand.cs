using PushPruner.Cli.Parsing;
using PushPruner.Cli.Replay;
using PushPruner.Cli.Report;

namespace PushPruner.Cli.Simulate;

/// <summary><c>pushpruner simulate [REPOSITORY...]</c></summary>
static class SimulateCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var options = new SimulateOptions();
        PushHistory? history = null;
        SnapshotCommand? snapshot = null;
        snapshot = new SnapshotCommand(environment)
        {
            Other = (parsed, named, filter) =>
            {
                if (parsed.GetValue(options.History) is not { Length: > 0 } paths)
                    return null;

                var clock = snapshot!.Options.ReadClock(parsed, environment.Clock);
                history = new PushHistory(HistoryReader.Read(paths).Where(e => e.At <= clock.GetUtcNow()));
                return new HistorySource(history, history.Listing, named, filter, clock);
            },
        };
        var command = new Command("simulate", """
            Shows what storage would have cost over time without pruning, with this policy, and with others.

            It plays the past of a registry: at each push its repository is pruned, and every Friday night all of them are, as the deployed
            functions do. The past is what AWS or a saved listing still shows, so what was deleted before isn't in it; or a history of
            pushes (--history). Tags, pulls and restores are those that are known today, but for what a history tells of the tags. Nothing
            is deleted. With --at in the future it shows what becomes of what is there, if nothing more is pushed; with --at in the past it
            leaves out what was pushed later.

            Sizes and costs are upper bounds, because images share layers: --layers reads every manifest and counts each layer once.

            Permissions, on the repositories it looks at (and on * to list the registry):
              ecr:DescribeRepositories, ecr:DescribeImages, ecr:BatchGetImage, ecr:ListTagsForResource;
              with --index-table or --stack also dynamodb:BatchGetItem and Query; with --stack lambda:ListFunctions; with --layers ecr:GetAccountSetting

            Reading an index counts as a pull of it at ECR, and so does --layers for every manifest.

            Examples:
              pushpruner simulate --policy 5/14 --policy 20/90
              pushpruner simulate team/app --from images.json --keep-newest 20 --policy 10/30
              pushpruner simulate --history events/history.jsonl --policy 5/14 --html simulation.html

            Exit codes:
              0    done
              1    a repository couldn't be looked at, or the page couldn't be written
              2    wrong usage
              130  stopped by Ctrl-C
            """);
        snapshot.AddTo(command);
        options.AddTo(command);
        snapshot.Options.AddFiles(command, options.History);
        command.SetAction(
            environment,
            async (parsed, stop) =>
            {
                using var file = parsed.GetValue(options.Html) is { } path ? PageFile.Open(path) : null;
                return await snapshot.RunAsync(parsed, seen => ShowAsync(seen, parsed, options, history, file, environment, stop), stop);
            },
            SnapshotCommand.Stopped);
        return command;
    }

    static async Task<int> ShowAsync(
        SnapshotRun seen,
        ParseResult parsed,
        SimulateOptions options,
        PushHistory? history,
        PageFile? file,
        CliEnvironment environment,
        CancellationToken stop)
    {
        var layers = parsed.GetValue(options.Layers) ? await LayerCount.BeginAsync(seen, stop) : null;
        var rivals = options.ReadRivals(parsed, new ComparedPolicy(seen.Policy.KeepNewest, seen.Policy.KeepFor));
        var simulator = new Simulator(
            rivals,
            seen.At,
            history?.HeldUntil(tag => seen.Policy.ProtectTags.FirstMatch(tag) is not null),
            history is null ? null : history.PushesOf,
            layers?.Mounting);
        var failed = new List<SnapshotReport>();
        await foreach (var report in seen.Surveys)
        {
            if (report.Snapshot is not { } snapshot)
            {
                layers?.Skip();
                failed.Add(report);
                continue;
            }

            var (read, _, error) = layers is null ? (null, null, null) : await layers.AddAsync(snapshot, stop);
            if (error is not null)
                failed.Add(new SnapshotReport(report.Repository) { Error = error });
            simulator.Add(snapshot, read);
        }

        var told = new SimulationReport(simulator.End(), seen, options.ReadPrice(parsed), failed)
        {
            HasLayers = layers is not null, Layers = layers?.Total,
        };
        if (file is not null)
        {
            return await file.TrySaveAsync(SimulationPage.Write(told), environment) && failed.Count == 0
                ? ExitCode.Done
                : ExitCode.SomethingFailed;
        }

        if (parsed.GetValue(options.Json))
            JsonSimulation.Write(environment.Output, told);
        else
            new TextSimulation(environment.Output, told).Write();
        return failed.Count == 0 ? ExitCode.Done : ExitCode.SomethingFailed;
    }
}

/// <summary>What <c>simulate</c> takes beside what every command that only looks takes.</summary>
sealed class SimulateOptions
{
    // As many lines as a chart can tell apart, but for the one without pruning.
    const int MostRivals = Report.Charts.LineChart.MostLines - 2;

    readonly Option<ComparedPolicy[]> rivals = new("--policy")
    {
        HelpName = "N/X",
        Description = $"Compare with the newest N and X days, such as 5/14; may be given {MostRivals} times.",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result =>
        {
            var read = new List<ComparedPolicy>();
            foreach (var token in result.Tokens)
            {
                try
                {
                    read.Add(ComparedPolicy.Read("--policy", token.Value));
                }
                catch (Policies.SettingException e)
                {
                    result.AddError(e.Message);
                }
            }

            return [.. read];
        },
    };

    readonly Option<Price> price = Price.CreateOption();



    public Option<bool> Layers { get; } = LayerCount.CreateOption();

    public Option<bool> Json { get; } = SettingOption.Flag("--json", "Print one JSON document instead of text.");

    public Option<string[]> History { get; } = SettingOption.Files(
        "--history",
        "Look into histories of pushes, as replay reads them, instead of asking AWS: files or folders.");

    public Option<string> Html { get; } =
        PageFile.CreateOption("Write a page instead, such as simulation.html; - is the standard output. A file that is there is replaced.");

    public void AddTo(Command command)
    {
        command.AddOptions(rivals, History, Layers, price, Json, Html);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Json) is not null && result.GetResult(Html) is not null)
                result.AddError("--json and --html are two answers: give one of them");
            if (result.GetResult(Layers) is not null && result.GetResult(History) is not null)
                result.AddError("--layers reads manifests, and a history of pushes has none: give it with --from or of a registry at AWS");
            if (result.GetResult(rivals) is { Tokens.Count: > MostRivals })
                result.AddError($"--policy is given more than {MostRivals} times: that many can be told apart");
        });
    }

    /// <summary>The policy in question first, then those to compare; none twice.</summary>
    public IReadOnlyList<ComparedPolicy> ReadRivals(ParseResult parsed, ComparedPolicy own) =>
        [.. (parsed.GetValue(rivals) ?? []).Prepend(own).Distinct()];

    public Price ReadPrice(ParseResult parsed) => parsed.ValueOf(price, Price.Default);
}
