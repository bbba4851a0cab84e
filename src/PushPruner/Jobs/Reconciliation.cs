using System.Collections.Frozen;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>One reconcile: the listing decides what is expired; right before each delete ECR is asked for what that call deletes.</summary>
sealed class Reconciliation(Workbench bench, ReconcileOrder order)
{
    readonly HashSet<Digest> deleted = [];

    public async Task<ReconcileResult> RunAsync(CancellationToken cancellationToken)
    {
        var state = (await bench.Index.ReadAsync(bench.Repository, [], tag: null, cancellationToken)).State;
        Deferral.NoteIfLong(bench, state);
        if (await new Resync(bench, order).RunAsync(state, push: null, cancellationToken) is not { } listing)
        {
            return new ReconcileResult
            {
                Outcome = Outcome.Deferred,
                Done = false,
                Why = "the run's time ran short before the repository was listed and the index set right: run it again, and it goes on from there",
            };
        }

        foreach (var doubt in listing.Verdicts.Where(v => v.IsDoubt))
            bench.Logger.InDoubt(bench.Repository, doubt);

        var result = await ActAsync(listing, cancellationToken);
        await ForgetLeadingAsync(listing, cancellationToken);
        return result;
    }

    // A row that leads to parts that are left stays until nothing is, or no push would find them when their time comes.
    Task ForgetLeadingAsync(Resync.Listing listing, CancellationToken cancellationToken)
    {
        var left = listing.Verdicts.Where(v => !v.IsFollower && !deleted.Contains(v.Digest)).Select(v => v.Digest).ToHashSet();
        return Workbench.InParallelAsync(
            listing.Repair.Leading.Where(row => !row.Memory.Followers().Any(left.Contains)),
            row => bench.TakeOutAsync(row, Left(listing.Recognition.Absent.GetValueOrDefault(row.Digest)), cancellationToken));
    }

    // What an absent manifest is still named by.
    Memory? Left(Memory? named)
    {
        DigestSet Without(DigestSet names) => new(names.Where(n => !deleted.Contains(n)));
        var left = named is null ? null : named with { Owners = Without(named.Owners), Referrers = Without(named.Referrers) };
        return left is null or { Owners.Count: 0, Referrers.Count: 0 } ? null : left with { WasMember = left.Owners.Count > 0 };
    }

    async Task<ReconcileResult> ActAsync(Resync.Listing listing, CancellationToken cancellationToken)
    {
        var found = Found(listing, bench.Now);
        if (listing.Overrides.Overrides.KeepsEverything is { } why)
        {
            bench.Logger.KeptEverything(bench.Repository, why, listing.Overrides.Overrides);
            return found with { Outcome = Outcome.Ignored, ExpiredCount = 0, Expired = [], Kept = found.Images, LastingDoubtCount = 0, Why = why };
        }

        var exempt = listing.Verdicts.Count(v => v.IsExempt);
        var count = found.ExpiredCount + exempt;
        if (count <= bench.Settings.MaxDeletes && order.SettlesHalt)
            await HaltMark.ClearAsync(bench, listing.State, cancellationToken);
        if (found.ExpiredCount == 0)
            return found;

        var expired = listing.Verdicts.Where(v => v.IsExpired).OrderByDescending(v => v.Rank ?? -1).ToList();
        var counted = expired.Where(v => !v.IsFollower).ToList();
        foreach (var verdict in counted)
            bench.Logger.Expired(bench.Repository, verdict);
        if (count > bench.Settings.MaxDeletes)
        {
            if (order is { SettlesHalt: true, MaxDeletes: null })
                await HaltMark.SetAsync(bench, listing.State, listing.Overrides.Overrides.ApplyTo(bench.Settings.Policy), cancellationToken);
            var halt = $"{count} images would go, and MAX_DELETES is {bench.Settings.MaxDeletes}: look at them, and if they may go: {bench.Invocation.Approval(bench.Repository, count)}";
            bench.Logger.KeptEverything(bench.Repository, halt);
            return found with { Outcome = Outcome.Halted, Why = halt };
        }

        if (bench.Settings.DryRun)
            return With(found with { Outcome = Outcome.DryRun }, expired);

        var policy = order.ApplyTo(bench.Settings.Policy, listing.Overrides.Overrides);
        // Each batch finds its followers anew, from the index and ECR: what the listing saw may have changed.
        var batches = new BatchConfirmation(bench, order, listing);
        var deletion = new Deletion(bench, (images, ct) => batches.AskAsync(images, deleted, ct));
        await deletion.RunAsync([.. expired.Select(v => new Doomed(v, Row: null, Owners: [], policy))], deleted, cancellationToken);
        await ReleaseAbsentAsync(listing.Recognition.Absent, cancellationToken);
        return With(found with { Outcome = Outcome.Pruned }, deletion.Deleted) with
        {
            Done = deletion.WhyCutShort is null,
            Drift = listing.Repair.DriftWithout(deleted),
            Why = deletion.WhyCutShort is { } cut ? $"{cut}: run it again, and it goes on from there" : batches.Why,
            Failed = [.. deletion.Failed.Take(PruneResult.MaxListed)],
            FailedCount = deletion.Failed.Count,
        };
    }

    // What isn't there and was named by what went: its row says so no more, or goes.
    async Task ReleaseAbsentAsync(IReadOnlyDictionary<Digest, Memory> absent, CancellationToken cancellationToken)
    {
        var named = absent.Where(a => a.Value.Owners.Concat(a.Value.Referrers).Any(deleted.Contains)).Select(a => a.Key).ToHashSet();
        if (named.Count == 0)
            return;

        var rows = await bench.Index.ReadRowsAsync(bench.Repository, named, cancellationToken);
        await Workbench.InParallelAsync(rows.Values.Where(row => row.PushedAt is null), row => Left(row.Memory) is { } left
            ? bench.Index.TryWriteAsync(bench.Repository, row with { Memory = left }, cancellationToken)
            : bench.Index.TryRemoveAsync(bench.Repository, row.Digest, row.Revision, cancellationToken));
    }

    static ReconcileResult Found(Resync.Listing listing, DateTimeOffset now)
    {
        var images = listing.Verdicts.Count(v => !v.IsFollower);
        var expired = listing.Verdicts.Where(v => v is { IsExpired: true, IsFollower: false }).OrderByDescending(v => v.Rank ?? -1).ToList();
        return new ReconcileResult
        {
            Outcome = Outcome.NothingExpired,
            Images = images,
            Kept = images - expired.Count,
            Expired = [.. expired.Take(PruneResult.MaxListed).Select(ExpiredImage.From)],
            ExpiredCount = expired.Count,
            DoubtCount = listing.Verdicts.Count(v => v.IsDoubt),
            LastingDoubtCount = listing.Verdicts.Count(v => LastingDoubt.IsOne(v, now)),
            Drift = listing.Repair.DriftWithout(FrozenSet<Digest>.Empty),
        };
    }

    static ReconcileResult With(ReconcileResult result, IReadOnlyCollection<Verdict> deleted) => result with
    {
        Deleted = [.. deleted.Take(PruneResult.MaxListed).Select(v => v.Digest.Value)],
        DeletedCount = deleted.Count,
        Bytes = deleted.Sum(v => v.Manifest.OwnBytes),
    };
}
