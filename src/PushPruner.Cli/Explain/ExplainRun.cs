using PushPruner.Cli.Parsing;
using PushPruner.Cli.Stacks;

namespace PushPruner.Cli.Explain;

/// <summary>Looks at the repository, finds what is asked about there or among what was deleted, and tells of it.</summary>
sealed class ExplainRun(ExplainOptions options, ParseResult parsed, CliEnvironment environment)
{
    const int MostNear = 5;
    const int MostCandidates = 10;

    readonly ImageQuery query = options.Read(parsed);
    readonly Progress progress = new(environment.For(parsed));

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            var region = query.Place.Registry?.Region;
            var basis = await options.Snapshot.ReadBasisAsync(parsed, environment, stop, region);
            using var source = options.Snapshot.Open(parsed, [query.Repository], RepositoryFilter.All, environment, basis, region);
            return await AnswerAsync(source, basis, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            progress.Say(SnapshotCommand.Stopped);
            return ExitCode.Stopped;
        }
    }

    async Task<int> AnswerAsync(ISource source, Basis basis, CancellationToken stop)
    {
        var settings = options.Snapshot.ReadSettings(parsed, basis);
        if (await ReadSnapshotAsync(source, settings, stop) is not { } snapshot)
            return ExitCode.SomethingFailed;

        if (!query.Place.IsIn(source.Place))
        {
            progress.Say(
                $"{query.Place.Text} is in account {query.Place.Registry!.Account}, and this is account {source.Place.Account}: give "
                    + $"--profile, or the credentials of that account");
            return ExitCode.SomethingFailed;
        }

        var candidates = Search(snapshot);
        if (candidates.Count > 1)
        {
            var some = TextFormat.Some(candidates, MostCandidates);
            progress.Say($"{TextFormat.Number(candidates.Count)} digests begin with {query.Name}: {some}; give more digits");
            return ExitCode.WrongUsage;
        }

        var answer = new ExplainAnswer(query, source, snapshot)
        {
            Basis = basis,
            Settings = settings,
            IsTableLeftOut = !options.Snapshot.IsSaved(parsed) && !options.Snapshot.HasTable(parsed) && !options.Snapshot.HasStack(parsed),
        };
        if (candidates is [var found])
            answer = answer with { Found = Explanation.Of(snapshot, found) };
        return await AmongDeletedAsync(answer, stop) is { } told ? Tell(told) : ExitCode.SomethingFailed;
    }

    async Task<RepositorySnapshot?> ReadSnapshotAsync(ISource source, Settings settings, CancellationToken stop)
    {
        var clock = options.Snapshot.ReadClock(parsed, environment.Clock);
        var reader = new SnapshotReader(source, settings, repository => options.Snapshot.RequestFor(repository, parsed), clock, progress);
        return (await reader.LookAsync([query.Repository], stop).SingleAsync(stop)).Snapshot;
    }

    // A tag goes before how a digest begins: the hash of a commit may be both.
    List<Digest> Search(RepositorySnapshot snapshot)
    {
        var tagged = snapshot.Manifests.Values.Where(f => query.IsTagIn(f.Manifest.Tags)).Select(f => f.Digest).ToList();
        return tagged.Count > 0 ? tagged : [.. snapshot.Manifests.Keys.Where(query.IsStartOf).Order()];
    }

    async Task<ExplainAnswer?> AmongDeletedAsync(ExplainAnswer answer, CancellationToken stop)
    {
        try
        {
            var index = await answer.Source.IndexOfAsync(query.Repository, stop);
            if (answer.Found is { } found)
                return answer with { Tombstones = await Deletions.OfEarlierPushesAsync(index, query.Repository, found.Manifest, stop) };

            var deletions = await Deletions.FindAsync(index, query, stop);
            var tags = answer.Snapshot.Manifests.Values.SelectMany(f => f.Manifest.Tags).Concat(deletions.Tags);
            return deletions.Found.Count > 0
                ? answer with { Tombstones = deletions.Found }
                : answer with { Near = NameSuggestions.Nearest(query.Name, tags, MostNear), WhereElse = WhereElse(answer.Basis) };
        }
        catch (Exception e) when (ErrorText.IsOfAws(e) && !stop.IsCancellationRequested)
        {
            progress.Say($"What was deleted can't be looked up: {ErrorText.Describe(e)}");
            return null;
        }
    }

    string WhereElse(Basis basis) => options.Snapshot switch
    {
        var snapshot when snapshot.IsSaved(parsed) =>
            "A saved listing has only what was there then. What was deleted is in the deployed stack's table: ask AWS, without --from "
                + "and with --stack NAME.",
        var snapshot when snapshot.HasTable(parsed) || basis.IndexTable is not null =>
            "The table remembers for 90 days what was deleted; nothing of this name is in it.",
        _ =>
            "If it was deleted, the deployed stack's table knows when and why: give --stack NAME, or --index-table with the stack's "
                + "output IndexTableName.",
    };

    int Tell(ExplainAnswer answer)
    {
        progress.Clear();
        using var json = parsed.GetValue(options.Json) ? new JsonExplanation(environment.Output, answer) : null;
        if (json is not null)
            json.Write();
        else
            new TextExplanation(environment.Output).Tell(answer);
        return answer.IsKnown ? ExitCode.Done : ExitCode.SomethingFailed;
    }
}
