using System.Collections.Frozen;
using PushPruner.Deleting;
using PushPruner.Jobs;
using PushPruner.Listing;

namespace PushPruner.Pruning;

/// <summary>One reconcile: the listing decides what is expired; right before each delete ECR is asked for what that call deletes.</summary>
sealed class ReconcileRun(RunContext run, ReconcileRequest request)
{
    readonly HashSet<Digest> deleted = [];

    public async Task<ReconcileResult> RunAsync(CancellationToken cancellationToken)
    {
        var state = await run.ReadStateAsync(cancellationToken);
        Deferral.NoteIfLong(run, state);
        if (await new Resync(run, request).RunAsync(state, push: null, cancellationToken) is not { } listing)
        {
            return new ReconcileResult
            {
                Outcome = Outcome.Deferred,
                Done = false,
                Why =
                    "the run's time ran short before the repository was listed and the index set right: run it again, and it goes on "
                        + "from there",
            };
        }

        foreach (var doubt in listing.Verdicts.Where(v => v.IsDoubt))
            run.Logger.InDoubt(run.Repository, doubt);

        var result = await ActAsync(listing, cancellationToken);
        await ForgetLeadingAsync(listing, cancellationToken);
        return result;
    }

    // A row that leads to parts that are left stays until nothing is, or no push would find them when their time comes.
    Task ForgetLeadingAsync(Resync.Listing listing, CancellationToken cancellationToken)
    {
        if (listing.Repair.Leading.Count == 0)
            return Task.CompletedTask;

        var left = listing.Verdicts.Where(v => !v.IsFollower && !deleted.Contains(v.Digest)).Select(v => v.Digest).ToHashSet();
        return RunContext.InParallelAsync(
            listing.Repair.Leading.Where(row => !row.History.Followers().Any(left.Contains)),
            row => run.RemoveRowAsync(row, Left(listing.Analysis.Absent.GetValueOrDefault(row.Digest)), cancellationToken));
    }

    // What an absent manifest is still named by.
    ManifestHistory? Left(ManifestHistory? named)
    {
        DigestSet Without(DigestSet names) => new(names.Where(n => !deleted.Contains(n)));
        var left = named is null ? null : named with { Owners = Without(named.Owners), Referrers = Without(named.Referrers) };
        return left is null or { Owners.Count: 0, Referrers.Count: 0 } ? null : left with { WasMember = left.Owners.Count > 0 };
    }

    async Task<ReconcileResult> ActAsync(Resync.Listing listing, CancellationToken cancellationToken)
    {
        var found = Found(listing, run.Now);
        if (listing.Overrides.Value.KeepsEverything is { } why)
        {
            run.Logger.KeptEverything(run.Repository, why, listing.Overrides.Value);
            return found with
            {
                Outcome = Outcome.Ignored,
                ExpiredCount = 0,
                Expired = [],
                Kept = found.Images,
                LastingDoubtCount = 0,
                Why = why,
            };
        }

        var policy = request.ApplyTo(run.Settings.Policy, listing.Overrides.Value);
        var approved = ApprovedSet.Of(request, policy, listing);
        foreach (var verdict in approved.Counted)
            run.Logger.Expired(run.Repository, verdict);
        if (await WhyHaltedAsync(listing, policy, approved, found.ExpiredCount, cancellationToken) is { } halt && found.ExpiredCount > 0)
        {
            run.Logger.KeptEverything(run.Repository, halt);
            return found with
            {
                Outcome = Outcome.Halted, Why = halt, Plan = PlanOf(listing, policy, listing.Verdicts.Where(v => v.IsExpired)),
            };
        }

        found = Covered(found, approved);
        if (found.ExpiredCount == 0)
            return found;
        if (run.Settings.DryRun)
            return With(found with { Outcome = Outcome.DryRun, Plan = PlanOf(listing, policy, approved.Expired) }, approved.Expired);

        return await DeleteAsync(listing, approved, found, cancellationToken);
    }

    // A new approval covers what this listing shows, not what a former one did: all that is expired now.
    async Task<string?> WhyHaltedAsync(
        Resync.Listing listing, RetentionPolicy policy, ApprovedSet approved, int expired, CancellationToken cancellationToken)
    {
        // What only doubt keeps counts as well, or doubt would get around a halt. An approval is a number that a person saw.
        var exempt = listing.Verdicts.Count(v => v.IsExempt);
        var terms = new ApprovalTerms(run.Repository, expired + exempt, listing.Begun, PolicyHash.Of(policy));
        if (!request.IsFor(policy))
            return Halt.OtherPolicy(run, request.PolicyHash!, terms);

        var isTooMany = approved.Counted.Count() + (request.AsOf is null ? exempt : 0) > run.Settings.MaxDeletes;
        // A dry run only looks, and a request with a policy of its own says nothing about pushes.
        var policyInForce = listing.Overrides.Value.ApplyTo(run.Settings.Policy);
        if (isTooMany && policy == policyInForce && request.MaxDeletes is null)
            await HaltMark.SetAsync(run, listing.State, policyInForce, cancellationToken);
        if (!isTooMany && policy == policyInForce && !run.Settings.DryRun)
            await HaltMark.ClearAsync(run, listing.State, policyInForce, cancellationToken);
        return isTooMany ? Halt.TooMany(run, terms) : null;
    }

    async Task<ReconcileResult> DeleteAsync(
        Resync.Listing listing, ApprovedSet approved, ReconcileResult found, CancellationToken cancellationToken)
    {
        // Each batch finds its followers again, from the index and ECR: what the listing showed may have changed.
        var confirmer = new ReconcileConfirmer(run, request, listing);
        var report = await new DeleteBatches(run, confirmer).RunAsync(
            [.. approved.Counted.Select(v => DeleteCandidate.Of(v))], first: null, approved.Expired.Count, cancellationToken);
        deleted.UnionWith(report.Deleted.Select(v => v.Digest));
        await ReleaseAbsentAsync(listing.Analysis.Absent, cancellationToken);
        return With(found with { Outcome = confirmer.IsRefused ? Outcome.Halted : Outcome.Pruned }, report.Deleted) with
        {
            Done = report.CutShort is null,
            Drift = listing.Repair.DriftWithout(deleted),
            Why = report.CutShort is { } cut ? $"{cut}: run it again, and it goes on from there" : confirmer.Why ?? found.Why,
            Failed = [.. report.Failed.Take(PruneResult.MaxListed)],
            FailedCount = report.Failed.Count,
        };
    }

    static ReconcilePlan PlanOf(Resync.Listing listing, RetentionPolicy policy, IEnumerable<Verdict> expired) =>
        new(listing.Begun, PolicyHash.Of(policy), expired.Select(v => v.Digest).ToHashSet());

    // Manifests that are not there and were named by deleted ones: their rows are corrected, or removed.
    async Task ReleaseAbsentAsync(IReadOnlyDictionary<Digest, ManifestHistory> absent, CancellationToken cancellationToken)
    {
        var named = absent.Where(a => a.Value.Owners.Concat(a.Value.Referrers).Any(deleted.Contains)).Select(a => a.Key).ToHashSet();
        if (named.Count == 0)
            return;

        var rows = await run.Index.ReadRowsAsync(run.Repository, named, cancellationToken);
        await RunContext.InParallelAsync(rows.Values.Where(row => row.PushedAt is null), row => Left(row.History) is { } left
            ? run.Index.TryWriteAsync(run.Repository, row with { History = left }, cancellationToken)
            : run.Index.TryRemoveAsync(run.Repository, row.Digest, row.Revision, cancellationToken));
    }

    static ReconcileResult Found(Resync.Listing listing, DateTimeOffset now)
    {
        var expired = listing.Verdicts
            .Where(v => v is { IsExpired: true, IsFollower: false })
            .OrderByDescending(v => v.Rank ?? -1)
            .ToList();
        return WithExpired(
            new ReconcileResult { Outcome = Outcome.NothingExpired, Images = listing.Verdicts.Count(v => !v.IsFollower) }, expired) with
        {
            DoubtCount = listing.Verdicts.Count(v => v.IsDoubt),
            LastingDoubtCount = listing.Verdicts.Count(v => LastingDoubt.IsOne(v, now)),
            Drift = listing.Repair.DriftWithout(FrozenSet<Digest>.Empty),
        };
    }

    // What the approval does not cover is kept, and counts as that.
    static ReconcileResult Covered(ReconcileResult found, ApprovedSet approved) => approved.NotCovered is not { } notCovered
        ? found
        : WithExpired(found, [.. approved.Counted]) with
        {
            NotApprovedCount = notCovered,
            Why = notCovered == 0 ? null : $"{Halt.Images(notCovered)} expired that this approval does not cover: kept",
        };

    static ReconcileResult WithExpired(ReconcileResult result, List<Verdict> expired) => result with
    {
        Kept = result.Images - expired.Count,
        Expired = [.. expired.Take(PruneResult.MaxListed).Select(ExpiredImage.From)],
        ExpiredCount = expired.Count,
    };

    static ReconcileResult With(ReconcileResult result, IReadOnlyCollection<Verdict> deleted) => result with
    {
        Deleted = [.. deleted.Take(PruneResult.MaxListed).Select(v => v.Digest.Value)],
        DeletedCount = deleted.Count,
        Bytes = deleted.Sum(v => v.Manifest.OwnBytes),
    };
}
