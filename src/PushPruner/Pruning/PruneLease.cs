using System.Diagnostics.CodeAnalysis;
using PushPruner.Jobs;

namespace PushPruner.Pruning;

/// <summary>
/// Runs the prune of one push, and lets concurrent pushes of a repository prune one at a time where that was seen to be needed. Pushes that
/// overlap see the same images expire, and each confirms them again. Where that happened, only the run that holds the lease prunes. The
/// others have recorded what was pushed and leave the rest to it: it looks again once it has returned the lease, and so sees what they saw.
/// If it dies, its retry prunes, or the first push after <see cref="Lease.Longest"/>. The lease only saves calls: two concurrent runs are
/// safe.
/// </summary>
sealed class PruneLease(RunContext run)
{
    /// <summary>
    /// For how long leases are taken after pushes contended: those who push like that do it again. A lease costs three or four calls of
    /// the index.
    /// </summary>
    public static readonly TimeSpan ContentionLasts = TimeSpan.FromDays(1);

    Lease? lease;
    bool isHeld;
    bool isLeftToAnother;

    public async Task<PruneResult> RunAsync(PruneRun prune, CancellationToken cancellationToken)
    {
        try
        {
            var result = await RunRoundsAsync(prune, await prune.FindCandidatesAsync(cancellationToken), cancellationToken);
            while (isHeld)
            {
                await ReturnAsync(cancellationToken);
                if (result.Outcome is not (Outcome.Pruned or Outcome.NothingExpired) || run.IsShortOfTime)
                    break;

                // A run that found the lease taken had recorded its push by then: this look sees what that run saw.
                var candidates = await prune.FindCandidatesAsync(cancellationToken);
                if (!prune.IsAnyNew(candidates))
                    break;

                // What that run noted of the repository counts as well, such as a manifest list that can't be read.
                prune.State = await run.ReadStateAsync(cancellationToken) ?? prune.State;
                result = result.Plus(await RunRoundsAsync(prune, candidates, cancellationToken));
            }

            await NoteContentionAsync(prune, cancellationToken);
            return result;
        }
        catch
        {
            await AbandonAsync();
            throw;
        }
    }

    // Rounds of one run, until ECR and the index agree.
    async Task<PruneResult> RunRoundsAsync(PruneRun prune, Candidates candidates, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!candidates.IsEmpty && !await TryTakeAsync(prune.State, cancellationToken))
            {
                isLeftToAnother = true;
                return prune.LeftToAnother();
            }

            if (await prune.RunAsync(candidates, cancellationToken) is { } result)
                return result;

            // At once, because other pushes are on their way.
            await NoteContentionAsync(prune, cancellationToken);
            candidates = await prune.FindCandidatesAsync(cancellationToken);
        }
    }

    // True also if no leases are taken.
    async Task<bool> TryTakeAsync(RepositoryState state, CancellationToken cancellationToken)
    {
        var isContended = lease is not null || state.ContendedUntil > run.Now;
        if (isHeld || !isContended || run.Settings.DryRun)
            return true;

        lease = new Lease(run.Invocation.RequestId, run.Now + Lease.Longest);
        return isHeld = await run.Index.TryTakeLeaseAsync(run.Repository, lease, cancellationToken);
    }

    async Task ReturnAsync(CancellationToken cancellationToken)
    {
        isHeld = false;
        await run.Index.ReturnLeaseAsync(run.Repository, lease!, cancellationToken);
    }

    // Noted again half a day before it ends, so that constant contention leaves no gap.
    async Task NoteContentionAsync(PruneRun prune, CancellationToken cancellationToken)
    {
        var isNoted = prune.State.ContendedUntil is { } until && until - run.Now >= ContentionLasts / 2;
        if (isNoted || run.Settings.DryRun || !(prune.IsContended || isLeftToAnother))
            return;

        // Lost if another run has written the state since: contention will be seen again.
        var noted = prune.State with { ContendedUntil = run.Now + ContentionLasts };
        prune.State = await run.Index.TryWriteStateAsync(run.Repository, noted, cancellationToken) ?? prune.State;
    }

    [SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "What the run failed with has to be reported.")]
    async Task AbandonAsync()
    {
        if (!isHeld)
            return;

        try
        {
            // The next push needn't wait until the lease ends by itself.
            await ReturnAsync(CancellationToken.None);
        }
        catch (Exception)
        {
            // It ends by itself.
        }
    }
}
