using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Deletes what was just confirmed, and keeps the index's books: tombstone first, row last, so that a crash loses nothing.</summary>
/// <param name="confirmAgain">Asks ECR anew; gives those of these digests that may still go.</param>
sealed class Deletion(Workbench bench, Func<IReadOnlySet<Digest>, CancellationToken, Task<IReadOnlyList<(Verdict Verdict, long Revision)>>> confirmAgain)
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

    /// <param name="expired">Confirmed right now.</param>
    public async Task RunAsync(IReadOnlyList<(Verdict Verdict, long Revision)> expired, CancellationToken cancellationToken)
    {
        var isFirst = true;
        foreach (var batch in InCalls(expired))
        {
            // What is not reached is found again by the next push.
            if (bench.IsShortOfTime)
            {
                IsCutShort = true;
                return;
            }

            var confirmed = isFirst ? batch : await confirmAgain(batch.Select(e => e.Verdict.Digest).ToHashSet(), cancellationToken);
            isFirst = false;
            await DeleteAsync(confirmed, cancellationToken);
        }
    }

    // As many images as one call has room for; one with more tags than that has calls of its own.
    static IEnumerable<IReadOnlyList<(Verdict Verdict, long Revision)>> InCalls(IEnumerable<(Verdict Verdict, long Revision)> expired)
    {
        var batch = new List<(Verdict, long)>();
        var ids = 0;
        foreach (var image in expired)
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

    async Task DeleteAsync(IReadOnlyList<(Verdict Verdict, long Revision)> batch, CancellationToken cancellationToken)
    {
        var answers = new List<DeleteAnswer>();
        foreach (var ids in batch.SelectMany(e => IdsOf(e.Verdict.Manifest)).Chunk(IRegistry.MaxIds))
            answers.AddRange(await bench.Registry.DeleteAsync(bench.Repository, ids, cancellationToken));

        // Booked batch by batch: what ECR has answered stands in the books before the next call can fail.
        var byDigest = answers.ToLookup(a => a.Id.Digest);
        var answered = batch.Select(e => new Answered(e.Verdict, e.Revision, [.. byDigest[e.Verdict.Digest]])).ToList();
        await Workbench.InParallelAsync(answered.Where(a => a.IsClean), a => BookDeletedAsync(a, cancellationToken));
        await Workbench.InParallelAsync(answered.Where(a => a.IsRefusedAsMember), a => BookMemberAsync(a, cancellationToken));
        await BookUnclearAsync([.. answered.Where(a => !a.IsClean && !a.IsRefusedAsMember)], cancellationToken);
    }

    async Task BookDeletedAsync(Answered answered, CancellationToken cancellationToken)
    {
        var digest = answered.Verdict.Digest;
        var tombstone = TombstoneOf(answered.Verdict);
        await bench.Index.BuryAsync(bench.Repository, tombstone, cancellationToken);
        if (!await bench.Index.TryRemoveAsync(bench.Repository, digest, answered.Revision, cancellationToken) && await IsThereAfterAllAsync(digest, cancellationToken))
        {
            await bench.Index.ExhumeAsync(bench.Repository, tombstone, cancellationToken);
            return;
        }

        lock (deleted)
            deleted.Add(answered.Verdict);
        bench.Logger.Deleted(bench.Repository, digest.Value);
    }

    // Another run has written the row since: perhaps the image gained a tag, and survived. The recorder leaves the row as ECR says.
    async Task<bool> IsThereAfterAllAsync(Digest digest, CancellationToken cancellationToken) =>
        (await RecordAsync([digest], cancellationToken)).Contains(digest);

    // ECR refuses the members of a live index: information, not a failure. A member takes no place, so it isn't proposed again.
    async Task BookMemberAsync(Answered answered, CancellationToken cancellationToken)
    {
        var digest = answered.Verdict.Digest;
        bench.Logger.IsMember(bench.Repository, digest.Value, answered.Owner?.Value ?? "an index");
        var rows = await bench.Index.ReadRowsAsync(bench.Repository, [digest], cancellationToken);
        if (!rows.TryGetValue(digest, out var row) || row.Revision != answered.Revision)
            return;

        var member = row with { Memory = row.Memory with { MemberOf = answered.Owner }, RankedAt = null, DueFrom = null };
        await bench.Index.TryWriteAsync(bench.Repository, member, cancellationToken);
    }

    // A tag was gone or had moved, or ECR couldn't: what that means for the image only ECR knows.
    async Task BookUnclearAsync(List<Answered> unclear, CancellationToken cancellationToken)
    {
        if (unclear.Count == 0)
            return;

        var rows = await bench.Index.ReadRowsAsync(bench.Repository, [.. unclear.Select(a => a.Verdict.Digest)], cancellationToken);
        var description = await bench.Registry.DescribeAsync(bench.Repository, [.. unclear.Select(a => a.Verdict.Digest)], cancellationToken);
        foreach (var answered in unclear)
        {
            var digest = answered.Verdict.Digest;
            if (description.Gone.Contains(digest))
            {
                await BookDeletedAsync(answered with { Revision = rows.GetValueOrDefault(digest)?.Revision ?? answered.Revision }, cancellationToken);
            }
            else if (answered.Refusal is { } refusal)
            {
                failed.Add(new FailedDelete(digest.Value, refusal.FailureCode!, refusal.FailureReason));
                bench.Logger.NotDeleted(bench.Repository, digest.Value, refusal.FailureCode!, refusal.FailureReason);
            }
        }

        await RecordAsync([.. description.Found.Select(m => m.Digest)], cancellationToken);
    }

    async Task<IReadOnlySet<Digest>> RecordAsync(IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        var state = (await bench.Index.ReadAsync(bench.Repository, [], tag: null, cancellationToken)).State;
        var policy = (state ?? new RepositoryState()).Overrides.ApplyTo(bench.Settings.Policy);
        var recorded = await new Recorder(bench).RecordAsync(digests, policy, known: null, push: null, cancellationToken);
        return recorded.Manifests.Keys.ToHashSet();
    }

    Tombstone TombstoneOf(Verdict verdict) => new()
    {
        Digest = verdict.Digest,
        Tags = verdict.Manifest.Tags,
        PushedAt = verdict.Manifest.PushedAt,
        Bytes = verdict.Manifest.Bytes,
        DeletedAt = bench.Now,
        Reason = verdict.Reason,
        RequestId = bench.Invocation.RequestId,
    };
}
