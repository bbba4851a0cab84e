using PushPruner.Jobs;
using PushPruner.Pruning;

namespace PushPruner.Deleting;

/// <summary>Deletes candidates in batches of one call. Each batch is confirmed right before its delete.</summary>
sealed class DeleteBatches(RunContext run, IConfirmer confirmer)
{
    const string ShortOfTime = "the run's time ran short";

    /// <param name="candidates">
    /// Images, in the order in which they are deleted. Followers are not among them: the confirmation adds them.
    /// </param>
    /// <param name="first">A confirmation of these candidates, which is used as long as it is fresh; null if they have none yet.</param>
    /// <param name="total">How many manifests may be deleted in all, for the progress.</param>
    public async Task<DeleteReport> RunAsync(
        IReadOnlyList<DeleteCandidate> candidates, Confirmation? first, int total, CancellationToken cancellationToken)
    {
        var deleted = new List<Verdict>();
        var failed = new List<FailedDelete>();
        var confirmed = first;
        string? cutShort = null;
        foreach (var batch in DeleteIds.InCalls(candidates, c => c.IdCount))
        {
            // What is not reached is found again by the next run.
            if (run.IsShortOfTime)
                return new DeleteReport(deleted, failed, ShortOfTime);

            var before = deleted.Select(v => v.Digest).ToHashSet();
            var fresh = new FreshConfirmations(run, confirmer, batch, before);
            confirmed = await fresh.KeepOrRenewAsync(confirmed, cancellationToken);
            if (fresh.TooSlow is not null)
                return new DeleteReport(deleted, failed, fresh.TooSlow);

            if (confirmed is not null)
            {
                var report = await new Deletion(run, fresh).RunAsync(batch, confirmed, cancellationToken);
                deleted.AddRange(report.Deleted);
                failed.AddRange(report.Failed);
                await ReleaseAsync(confirmed.Corrections, [.. deleted.Select(v => v.Digest)], cancellationToken);
                // Those of the first confirmation are the caller's.
                if (!ReferenceEquals(confirmed, first))
                    await confirmed.Corrections.WriteReadyAsync(run, cancellationToken);
                cutShort = report.CutShort;
            }

            confirmed = null;
            run.Progress?.Deleted(deleted.Count, total);
            if (cutShort is not null)
                break;
        }

        return new DeleteReport(deleted, failed, cutShort);
    }

    // What is kept because of other owners has one owner fewer, or no run could see when the last of them is gone.
    Task ReleaseAsync(RowCorrections corrections, HashSet<Digest> deleted, CancellationToken cancellationToken)
    {
        var released = corrections.Shared
            .Where(row => row.History.Owners.Any(deleted.Contains))
            .Select(row => row with { History = row.History with { Owners = row.History.Owners.Without(deleted.Contains) } });
        return RunContext.InParallelAsync(released, row => run.Index.TryWriteAsync(run.Repository, row, cancellationToken));
    }
}
