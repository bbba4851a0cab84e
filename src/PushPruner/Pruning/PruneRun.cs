using PushPruner.Deleting;
using PushPruner.Jobs;
using PushPruner.Listing;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Recording;
using PushPruner.Rules;

namespace PushPruner.Pruning;

/// <summary>
/// Proposes, confirms and deletes, in rounds: where ECR contradicts the index, the index is mended and asked again. Where pushes get in
/// each other's way, by turns.
/// </summary>
sealed class PruneRun
{
    // Each round mends what ECR contradicted. Should that go on and on, what ECR did confirm is acted on, and the rest waits.
    const int MaxRounds = 4;

    const string LeftToAnother = "another push is pruning this repository just now, and looks again before it ends";

    readonly RunContext run;
    readonly ImagePush push;
    readonly IReadOnlyCollection<string> streams;
    readonly PruneLease lease;
    readonly Dictionary<Digest, Verdict> doubtful = [];

    // What of this run counts towards MAX_DELETES. An image that ECR refused is due once more, and yet one.
    readonly HashSet<Digest> counted = [];

    // What was last looked at. Not what was before: that may be due again by what another run recorded since.
    HashSet<Digest> proposed = [];
    RepositoryState state;
    TimedOverrides? reading;
    bool isResynced;
    bool isContended;

    PruneRun(RunContext run, ImagePush push, RepositoryState state, KnownManifest? pushed)
    {
        this.run = run;
        this.push = push;
        this.state = state;
        // Of what is no image by itself, such as a platform of one, and of what can't be known, the images are pruned.
        streams = [(pushed is null ? null : Kind.Of(pushed)) ?? Kind.Image];
        lease = new PruneLease(run);
    }

    RetentionPolicy Policy => state.Overrides.ApplyTo(run.Settings.Policy);

    /// <summary>Begins with an index that knows the repository.</summary>
    public static PruneRun AfterPush(RunContext run, ImagePush push, RepositoryState state, KnownManifest? pushed)
    {
        var pruneRun = new PruneRun(run, push, state, pushed);
        if (pushed is not null)
            pruneRun.NoteDoubts(Retention.Decide(pruneRun.Policy, run.Now, [pushed], Scope.PartOfRepository));
        return pruneRun;
    }

    /// <summary>Begins right after a listing.</summary>
    public static PruneRun AfterListing(RunContext run, ImagePush push, Resync.Listing listing)
    {
        var pushed = listing.Manifests.GetValueOrDefault(push.Digest);
        var pruneRun = new PruneRun(run, push, listing.State, pushed) { reading = listing.Overrides, isResynced = true };
        pruneRun.NoteDoubts(listing.Verdicts);
        return pruneRun;
    }

    public async Task<PruneResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await RunInTurnAsync(cancellationToken);
            await NoteContentionAsync(cancellationToken);
            return result;
        }
        catch
        {
            await lease.AbandonAsync();
            throw;
        }
    }

    async Task<PruneResult> RunInTurnAsync(CancellationToken cancellationToken)
    {
        var result = await RunOnceAsync(look: null, cancellationToken);
        while (lease.IsHeld)
        {
            await lease.ReturnAsync(cancellationToken);
            if (result.Outcome is not (Outcome.Pruned or Outcome.NothingExpired) || run.IsShortOfTime)
                break;

            // Whoever found the turn taken had recorded its push by then: this look sees what that run saw.
            var look = await Candidates.FromIndexAsync(run, Policy, streams, cancellationToken);
            if (look.Images.All(c => proposed.Contains(c.Digest)))
                break;

            // What that run noted of the repository counts as well, such as an index that can't be read.
            state = (await run.Index.ReadAsync(run.Repository, [], tag: null, cancellationToken)).State ?? state;
            result = Sum(result, await RunOnceAsync(look, cancellationToken));
        }

        return result;
    }

    async Task<PruneResult> RunOnceAsync(Candidates? look, CancellationToken cancellationToken)
    {
        Candidates? candidates = null;
        Confirmation? confirmation = null;
        for (var round = 0; round < MaxRounds; round++)
        {
            candidates = await ProposeAsync(round == 0 ? look : null, cancellationToken);
            if (candidates is null)
                return Result(Outcome.NothingExpired) with { Why = LeftToAnother };
            if (state.Overrides.KeepsEverything is { } why)
                return KeepEverything(why);
            if (candidates.IsEmpty)
                return Result(Outcome.NothingExpired);

            confirmation = await ConfirmAsync(candidates, cancellationToken);
            NoteDoubts(confirmation.Doubtful);
            isContended |= confirmation.IsContended;
            // At once, for others are on their way; but nothing may come between ECR's word and a delete.
            if (confirmation.Expired.Count == 0)
                await NoteContentionAsync(cancellationToken);
            if (confirmation.IsSettled)
                break;

            // After the last round nothing may come between ECR's word and the delete.
            var isListing = confirmation.IsListingDue || round == MaxRounds - 2;
            if (round < MaxRounds - 1 && !await MendAsync(confirmation, isListing, cancellationToken))
                return await Deferral.MarkAsync(run, state, cancellationToken);
        }

        var result = await ActAsync(candidates!, confirmation!, cancellationToken);
        // What was misfiled the delete has written by then.
        if (confirmation!.IsSettled)
        {
            await MendAsync(
                result.Outcome == Outcome.Pruned ? confirmation with { StaleRows = [] } : confirmation,
                isListing: false,
                cancellationToken);
        }

        return result;
    }

    async Task NoteContentionAsync(CancellationToken cancellationToken)
    {
        if (!isContended || run.Settings.DryRun || !PruneLease.IsToBeNoted(state, run.Now))
            return;

        // Lost when another run has written the state since: it will be seen again.
        var noted = state with { ContendedUntil = run.Now + PruneLease.ContentionLasts };
        state = await run.Index.TryWriteStateAsync(run.Repository, noted, cancellationToken) ?? state;
    }

    // Asks the index where to look. The overrides are read where something is proposed, and where they kept everything when last read;
    // other overrides than the index believed make it look elsewhere. Null where it is another run's turn.
    async Task<Candidates?> ProposeAsync(Candidates? look, CancellationToken cancellationToken)
    {
        var candidates = look ?? await Candidates.FromIndexAsync(run, Policy, streams, cancellationToken);
        proposed = [];
        if (candidates.IsEmpty && state.Overrides.KeepsEverything is null)
            return candidates;
        if (!candidates.IsEmpty && !await lease.TryTakeAsync(state, cancellationToken))
        {
            isContended = true;
            return null;
        }

        if (await ReadOverridesAsync(cancellationToken))
            candidates = await Candidates.FromIndexAsync(run, Policy, streams, cancellationToken);
        proposed = [.. candidates.Images.Select(c => c.Digest)];
        return candidates;
    }

    async Task<bool> ReadOverridesAsync(CancellationToken cancellationToken)
    {
        if (reading?.IsFresh(run.Now) != true)
            reading = await TimedOverrides.ReadAsync(run, cancellationToken);
        if (reading.Value == state.Overrides)
            return false;

        var before = Policy;
        state = state with { Overrides = reading.Value };
        // Lost when another run wrote the state first; what it wrote is as fresh.
        state = await run.Index.TryWriteStateAsync(run.Repository, state, cancellationToken) ?? state;
        return Policy != before;
    }

    // False when only a listing could have mended the index, and could not end in time.
    // A listing mends all at once, and is due where one round after another would not.
    async Task<bool> MendAsync(Confirmation confirmation, bool isListing, CancellationToken cancellationToken)
    {
        foreach (
            var digest in confirmation
                .Departed.Keys.Concat(confirmation.Contradicted)
                .Concat(confirmation.StaleRows.Select(row => row.Digest)))
        {
            run.Logger.Contradicted(run.Repository, digest.Value);
        }

        // One that another run has written since is looked at again in its time.
        await RunContext.InParallelAsync(confirmation.StaleRows, row => run.Index.TryWriteAsync(run.Repository, row, cancellationToken));
        var recorder = new RowRefresher(run);
        await recorder.RemoveGoneAsync(confirmation.Departed, cancellationToken);
        await recorder.RefreshAsync(confirmation.Contradicted, Policy, known: null, push: null, cancellationToken);
        if (!isListing || isResynced)
            return true;

        isResynced = true;
        run.Logger.Resyncing(run.Repository, "ECR contradicts too many rows");
        if (await new Resync(run).RunAsync(state, push: null, cancellationToken) is not { } listing)
            return false;

        state = listing.State;
        reading = listing.Overrides;
        return true;
    }

    async Task<PruneResult> ActAsync(Candidates candidates, Confirmation confirmation, CancellationToken cancellationToken)
    {
        var found = confirmation.Expired.Where(d => d.IsCounted).Select(d => d.Verdict).ToList();
        var count = found.Count + confirmation.Exempt.Count;
        var expired = found.Where(v => !counted.Contains(v.Digest)).ToList();
        counted.UnionWith(found.Concat(confirmation.Exempt).Select(v => v.Digest));
        foreach (var verdict in expired)
            run.Logger.Expired(run.Repository, verdict);

        var terms = new ApprovalTerms(run.Repository, Math.Max(1, count), run.Now, PolicyHash.Of(Policy));
        if (count > run.Settings.MaxDeletes)
        {
            state = await HaltMark.SetAsync(run, state, Policy, cancellationToken);
            return Halt(expired, Pruning.Halt.TooMany(run, terms, isAtLeast: true));
        }

        if (HaltMark.IsInForce(run, state, Policy))
            return Halt(expired, Pruning.Halt.Unapproved(run, terms));
        if (confirmation.IsSilent)
        {
            return Halt(
                expired,
                "ECR said of something that is to be deleted, or belongs to it, neither that it is there nor that it is gone: the next "
                    + "push asks again");
        }

        if (confirmation is { IsCut: true, IsSettled: false })
        {
            return Halt(
                expired,
                "ECR contradicts the index on more images than one push can look at, so how many would go is not known: reconcile this "
                    + "repository, or let the next pushes mend the index");
        }

        if (found.Count == 0)
            return Result(Outcome.NothingExpired);
        // Nobody's policy is wrong there: pushes come in a stream, and this run has pruned for many of them.
        if (counted.Count > run.Settings.MaxDeletes)
        {
            return Result(Outcome.NothingExpired) with
            {
                Why =
                    $"this run has pruned for other pushes too, as much as MAX_DELETES ({run.Settings.MaxDeletes}) allows: the next "
                        + $"push goes on",
            };
        }

        if (run.Settings.DryRun)
            return Result(Outcome.DryRun, expired, [.. confirmation.Expired.Select(d => d.Verdict)]);

        var deletion = new Deletion(run, (images, ct) => ConfirmAgainAsync(candidates, images, ct));
        await deletion.RunAsync(confirmation, cancellationToken);
        return Result(Outcome.Pruned, expired, deletion.Deleted) with
        {
            Why = deletion.WhyCutShort is { } why ? $"{why}: the next push deletes the rest" : null,
            Failed = [.. deletion.Failed.Take(PruneResult.MaxListed)],
            FailedCount = deletion.Failed.Count,
        };
    }

    async Task<Confirmation> ConfirmAsync(Candidates candidates, CancellationToken cancellationToken) =>
        await Confirmation.AskAsync(run, Policy, Policy, candidates, push, state.Unreadable, reading!.ReadAt, cancellationToken);

    // What is deleted in a later call than the first is confirmed anew: the first may have taken its time.
    async Task<Confirmation?> ConfirmAgainAsync(
        Candidates candidates, IReadOnlyList<ConfirmedDelete> images, CancellationToken cancellationToken)
    {
        await ReadOverridesAsync(cancellationToken);
        if (state.Overrides.KeepsEverything is not null)
            return null;

        // What is left over of an owner that is gone is led to by that owner.
        var leading = images
            .SelectMany(d =>
                (d.Row?.History.Owners ?? DigestSet.Empty).Concat(ReferrerTag.AllSubjectsOf(d.Verdict.Manifest)).Append(d.Digest))
            .ToHashSet();
        var rest = candidates with { Images = [.. candidates.Images.Where(c => leading.Contains(c.Digest))] };
        return await ConfirmAsync(rest, cancellationToken);
    }

    PruneResult Halt(IReadOnlyList<Verdict> expired, string why)
    {
        run.Logger.KeptEverything(run.Repository, why);
        return Result(Outcome.Halted, expired, []) with { Why = why };
    }

    PruneResult KeepEverything(string why)
    {
        run.Logger.KeptEverything(run.Repository, why, state.Overrides);
        return Result(Outcome.Ignored) with { Why = why };
    }

    void NoteDoubts(IEnumerable<Verdict> verdicts)
    {
        foreach (var verdict in verdicts.Where(v => v.IsDoubt))
        {
            if (doubtful.TryAdd(verdict.Digest, verdict))
                run.Logger.InDoubt(run.Repository, verdict);
        }
    }

    // Doubts are counted for the whole run as it is. A halt is said, whatever went before it.
    static PruneResult Sum(PruneResult first, PruneResult next) => next with
    {
        Outcome =
            first.Outcome == Outcome.Pruned && next.Outcome is not (Outcome.Halted or Outcome.Deferred) ? Outcome.Pruned : next.Outcome,
        Why = next.Why ?? first.Why,
        Expired = [.. first.Expired.Concat(next.Expired).Take(PruneResult.MaxListed)],
        Deleted = [.. first.Deleted.Concat(next.Deleted).Take(PruneResult.MaxListed)],
        Failed = [.. first.Failed.Concat(next.Failed).Take(PruneResult.MaxListed)],
        ExpiredCount = first.ExpiredCount + next.ExpiredCount,
        DeletedCount = first.DeletedCount + next.DeletedCount,
        FailedCount = first.FailedCount + next.FailedCount,
        Bytes = first.Bytes + next.Bytes,
    };

    PruneResult Result(string outcome) => Result(outcome, [], []);

    PruneResult Result(string outcome, IReadOnlyList<Verdict> expired, IReadOnlyList<Verdict> deleted) => new()
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
}
