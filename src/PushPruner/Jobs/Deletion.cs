using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>
/// Deletes what was just confirmed, owners before what they own, and keeps the index's books: tombstones as ECR answers, rows last and those
/// of owners at the very last, so that what a crash interrupts is found again.
/// </summary>
/// <param name="confirm">Asks ECR for these images; gives what may still go, with what follows it. Null keeps all.</param>
sealed class Deletion(Workbench bench, Func<IReadOnlyList<Doomed>, CancellationToken, Task<Confirmation?>> confirm)
{
    readonly List<Verdict> deleted = [];
    readonly List<FailedDelete> failed = [];

    public IReadOnlyList<Verdict> Deleted => deleted;

    public IReadOnlyList<FailedDelete> Failed => failed;

    /// <summary>True when the function's time ran short before everything was asked for.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>The ids that delete one manifest: a pair for each tag, so that ECR refuses what has moved and spares what gained a tag.</summary>
    public static IReadOnlyList<ImageId> IdsOf(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Tags.Count == 0
            ? [new ImageId(manifest.Digest)]
            : [.. manifest.Tags.Select(tag => new ImageId(manifest.Digest, tag))];
    }

    /// <summary>Deletes what was confirmed just now; those of later calls are confirmed anew.</summary>
    public Task RunAsync(Confirmation confirmed, CancellationToken cancellationToken) => RunAsync(confirmed.Expired, confirmed, [], cancellationToken);

    /// <summary>Deletes what a listing found; the images of each call are confirmed right before it.</summary>
    /// <param name="gone">Is told what went by then.</param>
    public Task RunAsync(IReadOnlyList<Doomed> expired, HashSet<Digest> gone, CancellationToken cancellationToken) => RunAsync(expired, confirmed: null, gone, cancellationToken);

    async Task RunAsync(IReadOnlyList<Doomed> expired, Confirmation? confirmed, HashSet<Digest> gone, CancellationToken cancellationToken)
    {
        foreach (var roots in InCalls(expired.Where(d => d.IsCounted)))
        {
            // What is not reached is found again by the next run.
            if (bench.IsShortOfTime)
            {
                IsCutShort = true;
                return;
            }

            confirmed ??= await confirm(roots, cancellationToken);
            if (confirmed is not null)
            {
                await DeleteAsync(Passes.Of(roots.Select(d => d.Digest), confirmed.Expired), cancellationToken);
                gone.UnionWith(deleted.Skip(gone.Count).Select(v => v.Digest));
                await ReleaseAsync(confirmed.Shared, gone, cancellationToken);
                // What turned out to be kept is filed as such, once nothing waits for it. One that another run has written is that run's.
                await Workbench.InParallelAsync(confirmed.Misfiled, row => bench.Index.TryWriteAsync(bench.Repository, row, cancellationToken));
            }

            confirmed = null;
            bench.Progress?.Deleted(deleted.Count, expired.Count);
        }
    }

    // What is kept because of other owners has one fewer, or nobody could tell when the last of them is gone.
    Task ReleaseAsync(IReadOnlyList<IndexRow> shared, HashSet<Digest> gone, CancellationToken cancellationToken) => Workbench.InParallelAsync(
        shared.Where(row => row.Memory.Owners.Any(gone.Contains)),
        row => bench.Index.TryWriteAsync(
            bench.Repository, row with { Memory = row.Memory with { Owners = new DigestSet(row.Memory.Owners.Where(o => !gone.Contains(o))) } }, cancellationToken));

    // As many images as one call has room for; one with more tags than that has calls of its own.
    static IEnumerable<IReadOnlyList<Doomed>> InCalls(IEnumerable<Doomed> images)
    {
        var batch = new List<Doomed>();
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

    async Task DeleteAsync(IReadOnlyList<IReadOnlyList<Doomed>> passes, CancellationToken cancellationToken)
    {
        var gone = new List<Answered>();
        var survivors = new HashSet<Digest>();
        try
        {
            await DeleteAsync(passes, gone, survivors, cancellationToken);
        }
        finally
        {
            // What went before a failure too: the next run finds it gone, and tells no more of it.
            foreach (var answered in gone.Where(a => !survivors.Contains(a.Doomed.Digest)))
            {
                deleted.Add(answered.Verdict);
                bench.Invocation.Tally.NoteDeleted(answered.Verdict);
                bench.Logger.Deleted(bench.Repository, answered.Tombstone!);
            }
        }
    }

    async Task DeleteAsync(IReadOnlyList<IReadOnlyList<Doomed>> passes, List<Answered> gone, HashSet<Digest> survivors, CancellationToken cancellationToken)
    {
        var leading = new HashSet<Digest>();
        foreach (var pass in passes)
        {
            if (bench.IsShortOfTime && pass != passes[0])
            {
                IsCutShort = true;
                leading.UnionWith(pass.SelectMany(d => d.Owners));
                continue;
            }

            await FindSurvivorsAsync(pass, gone, survivors, cancellationToken);
            var going = pass.Where(d => !d.Owners.Any(survivors.Contains)).ToList();
            survivors.UnionWith(pass.Except(going).Select(d => d.Digest));

            var answered = await AskToDeleteAsync(going, cancellationToken);
            var failedBefore = failed.Count;
            var booked = new Bookkeeping(bench, failed);
            var left = await booked.BookAsync(answered, cancellationToken);
            gone.AddRange(left);
            survivors.UnionWith(going.Select(d => d.Digest).Except(left.Select(a => a.Doomed.Digest)));
            var refused = failed.Skip(failedBefore).Select(f => f.Digest).ToHashSet(StringComparer.Ordinal);
            leading.UnionWith(going.Where(d => refused.Contains(d.Digest.Value)).SelectMany(d => d.Owners));
        }

        // Owners' rows are removed last, and not at all while something is left to delete after them: it is they that are proposed again.
        foreach (var answered in Enumerable.Reverse(gone).Where(a => !leading.Contains(a.Doomed.Digest)))
        {
            if (!survivors.Contains(answered.Doomed.Digest) && !await new Bookkeeping(bench, failed).CloseAsync(answered, cancellationToken))
                survivors.Add(answered.Doomed.Digest);
        }
    }

    // A pair deletes an image only with its last tag. ECR guards the members of one that survived, but not its referrers: so it is asked.
    async Task FindSurvivorsAsync(IReadOnlyList<Doomed> pass, List<Answered> gone, HashSet<Digest> survivors, CancellationToken cancellationToken)
    {
        var subjects = pass.SelectMany(d => ReferrerTag.AllSubjectsOf(d.Verdict.Manifest)).ToHashSet();
        var unsure = gone.Where(a => a.Verdict.Manifest.Tags.Count > 0 && subjects.Contains(a.Doomed.Digest) && !a.IsKnownGone).ToList();
        if (unsure.Count == 0)
            return;

        var known = await bench.Registry.FindGoneAsync(bench.Repository, [.. unsure.Select(a => a.Doomed.Digest)], cancellationToken);
        foreach (var answered in unsure.Where(a => !known.Contains(a.Doomed.Digest)))
        {
            survivors.Add(answered.Doomed.Digest);
            await new Bookkeeping(bench, failed).TakeBackAsync(answered, cancellationToken);
        }
    }

    async Task<IReadOnlyList<Answered>> AskToDeleteAsync(IReadOnlyList<Doomed> going, CancellationToken cancellationToken)
    {
        var answers = new List<DeleteAnswer>();
        foreach (var ids in going.SelectMany(d => IdsOf(d.Verdict.Manifest)).Chunk(IRegistry.MaxIds))
            answers.AddRange(await bench.Registry.DeleteAsync(bench.Repository, ids, cancellationToken));

        var byDigest = answers.ToLookup(a => a.Id.Digest);
        return [.. going.Select(d => new Answered(d, [.. byDigest[d.Digest]]))];
    }
}
