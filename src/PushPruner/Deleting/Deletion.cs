using PushPruner.Jobs;
using PushPruner.Ports;
using PushPruner.Pruning;
using PushPruner.Rules;

namespace PushPruner.Deleting;

/// <summary>
/// Deletes what was just confirmed, owners before what they own, and keeps the index's records: tombstones as ECR answers, rows last and
/// those of owners at the very last, so that what a crash interrupts is found again.
/// </summary>
/// <param name="confirm">Asks ECR for these images; gives what may still be deleted, with what follows it. Null keeps all.</param>
sealed class Deletion(RunContext run, Func<IReadOnlyList<ConfirmedDelete>, CancellationToken, Task<Confirmation?>> confirm)
{
    // Where ECR answers so slowly that what it said is too old each time, nothing is deleted.
    const int FreshTries = 3;

    readonly List<Verdict> deleted = [];
    readonly List<FailedDelete> failed = [];

    public IReadOnlyList<Verdict> Deleted => deleted;

    public IReadOnlyList<FailedDelete> Failed => failed;

    /// <summary>Why not everything was asked for; null when it was.</summary>
    public string? WhyCutShort { get; private set; }

    /// <summary>
    /// The ids that delete one manifest: a pair for each tag, so that ECR refuses what has moved and spares what gained a tag.
    /// </summary>
    public static IReadOnlyList<ImageId> IdsOf(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Tags.Count == 0
            ? [new ImageId(manifest.Digest)]
            : [.. manifest.Tags.Select(tag => new ImageId(manifest.Digest, tag))];
    }

    /// <summary>Deletes what was confirmed just now; those of later calls are confirmed anew.</summary>
    public Task RunAsync(Confirmation confirmed, CancellationToken cancellationToken) =>
        RunAsync(confirmed.Expired, confirmed, [], cancellationToken);

    /// <summary>Deletes what a listing found; the images of each call are confirmed right before it.</summary>
    /// <param name="gone">Is told what went by then.</param>
    public Task RunAsync(IReadOnlyList<ConfirmedDelete> expired, HashSet<Digest> gone, CancellationToken cancellationToken) =>
        RunAsync(expired, confirmed: null, gone, cancellationToken);

    async Task RunAsync(
        IReadOnlyList<ConfirmedDelete> expired, Confirmation? confirmed, HashSet<Digest> gone, CancellationToken cancellationToken)
    {
        foreach (var roots in InCalls(expired.Where(d => d.IsCounted)))
        {
            // What is not reached is found again by the next run.
            if (run.IsShortOfTime)
            {
                WhyCutShort = "the run's time ran short";
                return;
            }

            confirmed = await FreshAsync(confirmed, roots, cancellationToken);
            if (WhyCutShort is not null)
                return;

            if (confirmed is not null)
            {
                await DeleteAsync(roots, confirmed, cancellationToken);
                gone.UnionWith(deleted.Skip(gone.Count).Select(v => v.Digest));
                await ReleaseAsync(confirmed.Shared, gone, cancellationToken);
                // What turned out to be kept is filed as such, once nothing waits for it. One that another run has written is that run's.
                await RunContext.InParallelAsync(
                    confirmed.StaleRows, row => run.Index.TryWriteAsync(run.Repository, row, cancellationToken));
            }

            confirmed = null;
            run.Progress?.Deleted(deleted.Count, expired.Count);
        }
    }

    // Between ECR's answer and the delete that relies on it lie two seconds at most: where more have passed it is asked again.
    async Task<Confirmation?> FreshAsync(Confirmation? confirmed, IReadOnlyList<ConfirmedDelete> roots, CancellationToken cancellationToken)
    {
        for (var tries = 0; confirmed?.IsFresh(run.Now) != true; tries++)
        {
            if (WhyCutShort is not null)
                return null;

            if (tries == FreshTries)
            {
                WhyCutShort = "ECR answers so slowly that what it says is out of date before a delete can rely on it";
                run.Logger.KeptEverything(run.Repository, WhyCutShort);
                return null;
            }

            confirmed = await confirm(roots, cancellationToken);
            if (confirmed is null)
                return null;
        }

        return confirmed;
    }

    // What is kept because of other owners has one fewer, or nobody could tell when the last of them is gone.
    Task ReleaseAsync(IReadOnlyList<IndexRow> shared, HashSet<Digest> gone, CancellationToken cancellationToken) =>
        RunContext.InParallelAsync(
            shared.Where(row => row.History.Owners.Any(gone.Contains)),
            row => run.Index.TryWriteAsync(
                run.Repository,
                row with
                {
                    History = row.History with { Owners = new DigestSet(row.History.Owners.Where(o => !gone.Contains(o))) },
                },
                cancellationToken));

    // As many images as one call has room for; one with more tags than that has calls of its own.
    static IEnumerable<IReadOnlyList<ConfirmedDelete>> InCalls(IEnumerable<ConfirmedDelete> images)
    {
        var batch = new List<ConfirmedDelete>();
        var ids = 0;
        foreach (var image in images)
        {
            var more = IdsOf(image.Verdict.Manifest).Count;
            if (batch.Count > 0 && ids + more > IRegistry.MaxIds)
            {
                yield return batch;
                (batch, ids) = ([], 0);
            }

            batch.Add(image);
            ids += more;
        }

        if (batch.Count > 0)
            yield return batch;
    }

    async Task DeleteAsync(IReadOnlyList<ConfirmedDelete> roots, Confirmation confirmed, CancellationToken cancellationToken)
    {
        var gone = new List<DeleteOutcome>();
        var survivors = new HashSet<Digest>();
        try
        {
            await DeleteAsync(roots, confirmed, gone, survivors, cancellationToken);
        }
        finally
        {
            // What went before a failure too: the next run finds it gone, and tells no more of it.
            foreach (var outcomes in gone.Where(a => !survivors.Contains(a.Delete.Digest)))
            {
                deleted.Add(outcomes.Verdict);
                run.Invocation.Counters.NoteDeleted(outcomes.Verdict);
                run.Logger.Deleted(run.Repository, outcomes.Tombstone!);
            }
        }
    }

    async Task DeleteAsync(
        IReadOnlyList<ConfirmedDelete> roots,
        Confirmation confirmed,
        List<DeleteOutcome> gone,
        HashSet<Digest> survivors,
        CancellationToken cancellationToken)
    {
        var calls = new DeleteCalls(run, confirmed, (last, ct) => FreshAsync(last, roots, ct));
        var leading = new HashSet<Digest>();
        var passes = DeleteOrder.Of(roots.Select(d => d.Digest), confirmed.Expired);
        foreach (var pass in passes)
        {
            if (WhyCutShort is not null || (run.IsShortOfTime && pass != passes[0]))
            {
                WhyCutShort ??= "the run's time ran short";
                leading.UnionWith(pass.SelectMany(d => d.Owners));
                continue;
            }

            await FindSurvivorsAsync(pass, gone, survivors, cancellationToken);
            var going = pass.Where(d => !d.Owners.Any(survivors.Contains)).ToList();
            survivors.UnionWith(pass.Except(going).Select(d => d.Digest));

            var outcomes = await calls.SendAsync(going, cancellationToken);
            var failedBefore = failed.Count;
            var booked = new DeleteRecorder(run, failed);
            var left = await booked.RecordOutcomesAsync(outcomes, cancellationToken);
            gone.AddRange(left);
            calls.Failure?.Throw();
            survivors.UnionWith(going.Select(d => d.Digest).Except(left.Select(a => a.Delete.Digest)));
            var refused = failed.Skip(failedBefore).Select(f => f.Digest).ToHashSet(StringComparer.Ordinal);
            var asked = outcomes.Select(a => a.Delete.Digest).ToHashSet();
            leading.UnionWith(going.Where(d => refused.Contains(d.Digest.Value) || !asked.Contains(d.Digest)).SelectMany(d => d.Owners));
        }

        // Owners' rows are removed last, and not at all while something is left to delete after them: it is they that are proposed again.
        foreach (var outcomes in Enumerable.Reverse(gone).Where(a => !leading.Contains(a.Delete.Digest)))
        {
            if (
                !survivors.Contains(outcomes.Delete.Digest)
                && !await new DeleteRecorder(run, failed).RemoveRowAsync(outcomes, cancellationToken))
            {
                survivors.Add(outcomes.Delete.Digest);
            }
        }
    }

    // A pair deletes an image only with its last tag. ECR guards the members of one that survived, but not its referrers: so it is asked.
    async Task FindSurvivorsAsync(
        IReadOnlyList<ConfirmedDelete> pass, List<DeleteOutcome> gone, HashSet<Digest> survivors, CancellationToken cancellationToken)
    {
        var subjects = pass.SelectMany(d => ReferrerTag.AllSubjectsOf(d.Verdict.Manifest)).ToHashSet();
        var unsure = gone.Where(a => a.Verdict.Manifest.Tags.Count > 0 && subjects.Contains(a.Delete.Digest) && !a.IsKnownGone).ToList();
        if (unsure.Count == 0)
            return;

        var known = await run.Registry.FindGoneAsync(run.Repository, [.. unsure.Select(a => a.Delete.Digest)], cancellationToken);
        foreach (var outcomes in unsure.Where(a => !known.Contains(a.Delete.Digest)))
        {
            survivors.Add(outcomes.Delete.Digest);
            await new DeleteRecorder(run, failed).UndoAsync(outcomes, cancellationToken);
        }
    }
}
