using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Proposes, confirms and deletes, in rounds: where ECR contradicts the index, the index is mended and asked again.</summary>
sealed class Pruning(Workbench bench, ImagePush push)
{
    // Each round mends what ECR contradicted. Should that go on and on, what ECR did confirm is acted on, and the rest waits.
    const int MaxRounds = 4;

    RepositoryState state = new();
    OverridesReading? reading;
    bool isResynced;
    readonly Dictionary<Digest, Verdict> doubtful = [];

    /// <summary>Begins with an index that knows the repository.</summary>
    public void Begin(RepositoryState known, Fact? pushed)
    {
        state = known;
        if (pushed is not null)
            NoteDoubts(Retention.Decide(Policy, bench.Now, [pushed], Scope.PartOfRepository));
    }

    /// <summary>Begins right after a listing.</summary>
    public void BeginListed(Resync.Listing listing)
    {
        state = state with { Overrides = listing.Overrides.Overrides };
        reading = listing.Overrides;
        isResynced = true;
        NoteDoubts(Retention.Decide(Policy, bench.Now, listing.Facts.Values, Scope.WholeRepository));
    }

    RetentionPolicy Policy => state.Overrides.ApplyTo(bench.Settings.Policy);

    public async Task<PruneResult> RunAsync(CancellationToken cancellationToken)
    {
        Confirmation? confirmation = null;
        for (var round = 0; round < MaxRounds; round++)
        {
            var proposal = await Proposal.FromIndexAsync(bench, Policy, push.Digest, cancellationToken);
            if (!proposal.IsEmpty && await ReadOverridesAsync(cancellationToken))
                proposal = await Proposal.FromIndexAsync(bench, Policy, push.Digest, cancellationToken);
            if (state.Overrides.KeepsEverything is { } why)
                return KeepEverything(why);
            if (proposal.IsEmpty)
                return Result(Outcome.NothingExpired);

            confirmation = await Confirmation.AskAsync(bench, Policy, proposal, cancellationToken);
            NoteDoubts(confirmation.Doubtful);
            if (confirmation.IsSettled)
                break;

            // After the last round nothing may come between ECR's word and the delete.
            if (round < MaxRounds - 1)
                await MendAsync(confirmation, mayList: true, cancellationToken);
        }

        var result = await ActAsync(confirmation!, cancellationToken);
        if (confirmation!.IsSettled)
            await MendAsync(confirmation, mayList: false, cancellationToken);
        return result;
    }

    // True when they are other than the index believed, so that it has to be asked again.
    async Task<bool> ReadOverridesAsync(CancellationToken cancellationToken)
    {
        if (reading?.IsFresh(bench.Now) != true)
            reading = await OverridesReading.ReadAsync(bench, cancellationToken);
        if (reading.Overrides == state.Overrides)
            return false;

        var before = Policy;
        state = state with { Overrides = reading.Overrides };
        // Lost when another run wrote the state first; what it wrote is as fresh.
        await bench.Index.TryWriteStateAsync(bench.Repository, state, cancellationToken);
        return Policy != before;
    }

    async Task MendAsync(Confirmation confirmation, bool mayList, CancellationToken cancellationToken)
    {
        foreach (var digest in confirmation.Contradicted)
            bench.Logger.Contradicted(bench.Repository, digest.Value);

        var isMended = confirmation.IsComplete
            && (await new Recorder(bench).RecordAsync(confirmation.Contradicted, Policy, known: null, push: null, cancellationToken)).IsComplete;
        if (isMended || !mayList || isResynced || bench.IsShortOfTime)
            return;

        isResynced = true;
        bench.Logger.Resyncing(bench.Repository, "ECR contradicts too many rows");
        if (await new Resync(bench).RunAsync(state, push: null, cancellationToken) is { } listing)
            reading = listing.Overrides;
    }

    async Task<PruneResult> ActAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        var expired = confirmation.Expired;
        foreach (var (verdict, _) in expired)
        {
            var manifest = verdict.Manifest;
            bench.Logger.Expired(bench.Repository, manifest.Digest.Value, string.Join(' ', manifest.Tags), manifest.PushedAt, manifest.Bytes, verdict.Reason);
        }

        if (expired.Count == 0)
            return Result(Outcome.NothingExpired);
        if (expired.Count > bench.Settings.MaxDeletes)
            return Halt(expired.Count);
        if (bench.Settings.DryRun)
            return Result(Outcome.DryRun, expired, [.. expired.Select(e => e.Verdict)]);

        var deletion = new Deletion(bench);
        await deletion.RunAsync(expired, cancellationToken);
        return Result(Outcome.Pruned, expired, deletion.Deleted) with
        {
            Failed = [.. deletion.Failed.Take(PruneResult.MaxListed)],
            FailedCount = deletion.Failed.Count,
        };

        PruneResult Halt(int count)
        {
            var why = $"at least {count} images would go, and MAX_DELETES is {bench.Settings.MaxDeletes}: look at them, then reconcile this repository with a larger maxDeletes";
            bench.Logger.KeptEverything(bench.Repository, why);
            return Result(Outcome.Halted, expired, []) with { Why = why, Bytes = 0 };
        }
    }

    PruneResult KeepEverything(string why)
    {
        bench.Logger.KeptEverything(bench.Repository, why);
        return Result(Outcome.Ignored) with { Why = why };
    }

    void NoteDoubts(IEnumerable<Verdict> verdicts)
    {
        foreach (var verdict in verdicts.Where(v => v.IsDoubt))
        {
            if (doubtful.TryAdd(verdict.Digest, verdict))
                bench.Logger.InDoubt(bench.Repository, verdict.Digest.Value, verdict.Reason);
        }
    }

    PruneResult Result(string outcome) => Result(outcome, [], []);

    PruneResult Result(string outcome, IReadOnlyList<(Verdict Verdict, long Revision)> expired, IReadOnlyList<Verdict> deleted) => new()
    {
        Outcome = outcome,
        Resynced = isResynced,
        Expired = [.. expired.Take(PruneResult.MaxListed).Select(e => ExpiredImage.From(e.Verdict))],
        Deleted = [.. deleted.Take(PruneResult.MaxListed).Select(v => v.Digest.Value)],
        ExpiredCount = expired.Count,
        DeletedCount = deleted.Count,
        DoubtCount = doubtful.Count,
        Bytes = deleted.Sum(v => v.Manifest.Bytes),
    };
}
