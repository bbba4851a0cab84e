using PushPruner.Deleting;
using PushPruner.Jobs;
using PushPruner.Listing;

namespace PushPruner.Pruning;

/// <summary>
/// Prunes the stream of one push: the index proposes, ECR confirms, what is expired is deleted. It goes in rounds: where ECR contradicts
/// the index, the rows are corrected, and the index is asked again.
/// </summary>
sealed class PruneRun
{
    // Should ECR contradict the index in every round, what it did confirm is acted on, and the rest waits for the next push.
    const int MaxRounds = 4;

    readonly RunContext run;
    readonly ImagePush push;
    readonly IReadOnlyCollection<string> streams;
    readonly HashSet<Digest> doubtful = [];

    // What counts towards MAX_DELETES in this run. An image that ECR refused is proposed again, but counts once.
    readonly HashSet<Digest> counted = [];

    // The candidates of the last round. Earlier ones may be candidates again by what another run recorded since.
    HashSet<Digest> proposed = [];
    TimedOverrides? overrides;
    bool isResynced;
    int rounds;

    PruneRun(RunContext run, ImagePush push, RepositoryState state, KnownManifest? pushed)
    {
        (this.run, this.push, State) = (run, push, state);
        // If the pushed manifest is no image by itself, such as a platform of one, or if its kind is not known, images are pruned.
        streams = [(pushed is null ? null : Kind.Of(pushed)) ?? Kind.Image];
    }

    /// <summary>The repository's state as last read or written.</summary>
    public RepositoryState State { get; set; }

    /// <summary>True if something asked for was gone: most likely another run had just deleted it.</summary>
    public bool IsContended { get; private set; }

    RetentionPolicy Policy => State.Overrides.ApplyTo(run.Settings.Policy);

    /// <summary>Begins with an index that knows the repository.</summary>
    /// <param name="pushed">Null if it is no longer there.</param>
    public static PruneRun AfterPush(RunContext run, ImagePush push, RepositoryState state, KnownManifest? pushed)
    {
        var prune = new PruneRun(run, push, state, pushed);
        if (pushed is not null)
            prune.NoteDoubts(Retention.Decide(prune.Policy, run.Now, [pushed], Scope.PartOfRepository));
        return prune;
    }

    /// <summary>Begins right after a listing.</summary>
    public static PruneRun AfterListing(RunContext run, ImagePush push, Resync.Listing listing)
    {
        var pushed = listing.Manifests.GetValueOrDefault(push.Digest);
        var prune = new PruneRun(run, push, listing.State, pushed) { overrides = listing.Overrides, isResynced = true };
        prune.NoteDoubts(listing.Verdicts);
        return prune;
    }

    /// <summary>What the index proposes now.</summary>
    public Task<Candidates> FindCandidatesAsync(CancellationToken cancellationToken) =>
        CandidateQuery.RunAsync(run, Policy, streams, cancellationToken);

    /// <summary>True if a candidate was not among those of the last round.</summary>
    public bool IsAnyNew(Candidates candidates) => candidates.Images.Any(c => !proposed.Contains(c.Digest));

    /// <summary>The result if another run prunes.</summary>
    public PruneResult LeftToAnother() => Result(Outcome.NothingExpired) with
    {
        Why = "another push is pruning this repository just now, and looks again before it ends",
    };

    /// <summary>Runs one round on candidates of the index.</summary>
    /// <returns>The result; null if rows were corrected, and the index has to be asked again.</returns>
    public async Task<PruneResult?> RunAsync(Candidates candidates, CancellationToken cancellationToken)
    {
        var result = await RoundAsync(candidates, cancellationToken);
        rounds = result is null ? rounds + 1 : 0;
        return result;
    }

    async Task<PruneResult?> RoundAsync(Candidates candidates, CancellationToken cancellationToken)
    {
        proposed = [];
        // Reads the overrides if there are candidates, or if the last ones kept everything. If they changed the policy, it queries again.
        if (candidates.IsEmpty && State.Overrides.KeepsEverything is null)
            return Result(Outcome.NothingExpired);
        overrides = overrides?.IsFresh(run.Now) == true ? overrides : await TimedOverrides.ReadAsync(run, cancellationToken);
        if (await NoteOverridesAsync(overrides.Value, cancellationToken))
            candidates = await FindCandidatesAsync(cancellationToken);
        if (State.Overrides.KeepsEverything is { } why)
            return KeepEverything(why);
        if (candidates.IsEmpty)
            return Result(Outcome.NothingExpired);

        proposed = [.. candidates.Images.Select(c => c.Digest)];
        var confirmation = await ConfirmAsync(candidates, overrides, State.Unreadable, cancellationToken);
        NoteDoubts(confirmation.Doubtful);
        IsContended |= confirmation.Corrections.IsAnythingGone;

        var isLast = rounds == MaxRounds - 1;
        if (confirmation.State == ConfirmationState.Settled || isLast)
            return await ActAndCorrectAsync(new Round(candidates, overrides, confirmation), cancellationToken);

        await CorrectAsync(confirmation.Corrections, cancellationToken);
        // A listing corrects all rows at once. It comes before the last round, because that one must delete right after its answer.
        var isListing = confirmation.State != ConfirmationState.RowsWrong || rounds == MaxRounds - 2;
        return !isListing || await TryListAsync(cancellationToken) ? null : await Deferral.MarkAsync(run, State, cancellationToken);
    }

    async Task<PruneResult> ActAndCorrectAsync(Round round, CancellationToken cancellationToken)
    {
        // First, because nothing may come between ECR's answer and the delete.
        var result = await ActAsync(round, cancellationToken);
        await CorrectAsync(round.Confirmation.Corrections, cancellationToken);
        return result;
    }

    // True if the policy is another one now.
    async Task<bool> NoteOverridesAsync(RepositoryOverrides current, CancellationToken cancellationToken)
    {
        if (current == State.Overrides)
            return false;

        var before = Policy;
        State = State with { Overrides = current };
        // Lost if another run wrote the state first; what it wrote is as fresh.
        State = await run.Index.TryWriteStateAsync(run.Repository, State, cancellationToken) ?? State;
        return Policy != before;
    }

    async Task CorrectAsync(RowCorrections corrections, CancellationToken cancellationToken)
    {
        foreach (var digest in corrections.Digests)
            run.Logger.Contradicted(run.Repository, digest.Value);
        await corrections.WriteAsync(run, Policy, cancellationToken);
    }

    // False if the listing could not end in time. One listing per run is enough.
    async Task<bool> TryListAsync(CancellationToken cancellationToken)
    {
        if (isResynced)
            return true;

        isResynced = true;
        run.Logger.Resyncing(run.Repository, "ECR contradicts too many rows");
        if (await new Resync(run).RunAsync(State, push: null, cancellationToken) is not { } listing)
            return false;

        (State, overrides) = (listing.State, listing.Overrides);
        return true;
    }

    async Task<PruneResult> ActAsync(Round round, CancellationToken cancellationToken)
    {
        var confirmation = round.Confirmation;
        var found = confirmation.Expired.Where(d => d.IsCounted).Select(d => d.Verdict).ToList();
        var expired = found.Where(v => !counted.Contains(v.Digest)).ToList();
        counted.UnionWith(found.Concat(confirmation.Exempt).Select(v => v.Digest));
        foreach (var verdict in expired)
            run.Logger.Expired(run.Repository, verdict);

        if (await WhyHaltedAsync(round, found.Count + confirmation.Exempt.Count, cancellationToken) is { } why)
        {
            run.Logger.KeptEverything(run.Repository, why);
            return Result(Outcome.Halted, expired, []) with { Why = why };
        }

        if (found.Count == 0)
            return Result(Outcome.NothingExpired);
        // The policy is not wrong here: pushes come in a stream, and this run has pruned for many of them.
        if (counted.Count > run.Settings.MaxDeletes)
        {
            return Result(Outcome.NothingExpired) with
            {
                Why =
                    $"this run has pruned for other pushes too, as much as MAX_DELETES ({run.Settings.MaxDeletes}) allows: the next "
                        + $"push goes on",
            };
        }

        return run.Settings.DryRun
            ? Result(Outcome.DryRun, expired, [.. confirmation.Expired.Select(d => d.Verdict)])
            : await DeleteAsync(round, expired, cancellationToken);
    }

    // Exemptions are counted with what is expired, or an event could get around a halt.
    async Task<string?> WhyHaltedAsync(Round round, int count, CancellationToken cancellationToken)
    {
        var terms = new ApprovalTerms(run.Repository, Math.Max(1, count), run.Now, PolicyHash.Of(Policy));
        if (count > run.Settings.MaxDeletes)
        {
            State = await HaltMark.SetAsync(run, State, Policy, cancellationToken);
            return Halt.TooMany(run, terms, isAtLeast: true);
        }

        if (HaltMark.IsInForce(run, State, Policy))
            return Halt.Unapproved(run, terms);
        if (round.Confirmation.State == ConfirmationState.Unanswered)
            return Halt.Unanswered("push");
        return round.Candidates.IsCut && round.Confirmation.State != ConfirmationState.Settled ? Halt.TooManyContradictions : null;
    }

    async Task<PruneResult> DeleteAsync(Round round, List<Verdict> expired, CancellationToken cancellationToken)
    {
        var confirmation = round.Confirmation;
        var images = confirmation.Expired.Where(d => d.IsCounted).Select(d => DeleteCandidate.Of(d.Verdict, d.Row)).ToList();
        var confirmer = new Confirmer(this, round.Candidates, round.Overrides);
        var report = await new DeleteBatches(run, confirmer).RunAsync(images, confirmation, confirmation.Expired.Count, cancellationToken);
        await NoteOverridesAsync(confirmer.Overrides.Value, cancellationToken);
        return Result(Outcome.Pruned, expired, report.Deleted) with
        {
            Why = report.CutShort is { } why ? $"{why}: the next push deletes the rest" : confirmer.Why,
            Failed = [.. report.Failed.Take(PruneResult.MaxListed)],
            FailedCount = report.Failed.Count,
        };
    }

    Task<Confirmation> ConfirmAsync(
        Candidates candidates, TimedOverrides current, UnreadableList? unreadable, CancellationToken cancellationToken)
    {
        var policy = current.Value.ApplyTo(run.Settings.Policy);
        var terms = new ConfirmationTerms(policy, policy, current.ReadAt, push, unreadable);
        return Confirmation.AskAsync(run, candidates, terms, cancellationToken);
    }

    PruneResult KeepEverything(string why)
    {
        run.Logger.KeptEverything(run.Repository, why, State.Overrides);
        return Result(Outcome.Ignored) with { Why = why };
    }

    void NoteDoubts(IEnumerable<Verdict> verdicts)
    {
        foreach (var verdict in verdicts.Where(v => v.IsDoubt))
        {
            if (doubtful.Add(verdict.Digest))
                run.Logger.InDoubt(run.Repository, verdict);
        }
    }

    PruneResult Result(string outcome) => Result(outcome, [], []);

    PruneResult Result(string outcome, List<Verdict> expired, IReadOnlyList<Verdict> deleted) => new()
    {
        Outcome = outcome,
        Resynced = isResynced,
        Expired = [.. expired.Take(PruneResult.MaxListed).Select(ExpiredImage.From)],
        Deleted = [.. deleted.Take(PruneResult.MaxListed).Select(v => v.Digest.Value)],
        ExpiredCount = expired.Count,
        DeletedCount = deleted.Count,
        DoubtCount = doubtful.Count,
        Bytes = deleted.Sum(v => v.Manifest.OwnBytes),
    };

    sealed record Round(Candidates Candidates, TimedOverrides Overrides, Confirmation Confirmation);

    // A later batch is confirmed again, and so is what its deletes rely on once two seconds have passed.
    sealed class Confirmer(PruneRun prune, Candidates candidates, TimedOverrides overrides) : IConfirmer
    {
        /// <summary>As last read.</summary>
        public TimedOverrides Overrides { get; private set; } = overrides;

        /// <summary>Why a batch was kept whole; null if none was.</summary>
        public string? Why { get; private set; }

        public async Task<Confirmation?> ConfirmAsync(
            IReadOnlyList<DeleteCandidate> batch, IReadOnlySet<Digest> deleted, CancellationToken cancellationToken)
        {
            if (!Overrides.IsFresh(prune.run.Now))
                Overrides = await TimedOverrides.ReadAsync(prune.run, cancellationToken);
            if (Overrides.Value.KeepsEverything is { } why)
            {
                Why = why;
                prune.run.Logger.KeptEverything(prune.run.Repository, why, Overrides.Value);
                return null;
            }

            // What another run has noted since counts as well, such as a manifest list that can't be read.
            var unreadable = (await prune.run.ReadStateAsync(cancellationToken) ?? prune.State).Unreadable;
            // The index leads to what is left of an owner that is gone by that owner.
            var asked = batch.SelectMany(c => c.Owners.Concat(c.Subjects).Append(c.Digest)).ToHashSet();
            var rest = candidates with { Images = [.. candidates.Images.Where(c => asked.Contains(c.Digest))] };
            return await prune.ConfirmAsync(rest, Overrides, unreadable, cancellationToken);
        }
    }
}
