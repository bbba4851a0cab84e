using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Deletes what was just confirmed, and keeps the index's books: tombstone first, row last, so that a crash loses nothing.</summary>
sealed class Deletion(Workbench bench)
{
    readonly List<Verdict> deleted = [];
    readonly List<FailedDelete> failed = [];

    public IReadOnlyList<Verdict> Deleted => deleted;

    public IReadOnlyList<FailedDelete> Failed => failed;

    /// <summary>The ids that delete one manifest: a pair for each tag, so that ECR refuses what has moved and spares what gained a tag.</summary>
    public static IReadOnlyList<ImageId> IdsOf(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Tags.Count == 0
            ? [new ImageId(manifest.Digest)]
            : [.. manifest.Tags.Select(tag => new ImageId(manifest.Digest, tag))];
    }

    public async Task RunAsync(IReadOnlyList<(Verdict Verdict, long Revision)> expired, CancellationToken cancellationToken)
    {
        var left = expired.ToDictionary(e => e.Verdict.Digest, e => new Progress(e.Verdict, e.Revision, IdsOf(e.Verdict.Manifest).Count));
        foreach (var ids in expired.SelectMany(e => IdsOf(e.Verdict.Manifest)).Chunk(IRegistry.MaxIds))
        {
            // What is not reached is found again by the next push.
            if (bench.IsShortOfTime)
                return;

            var answers = await bench.Registry.DeleteAsync(bench.Repository, ids, cancellationToken);
            foreach (var answer in answers)
                left[answer.Id.Digest].Answers.Add(answer);

            // Booked call by call: what ECR has answered stands in the books before the next call can fail.
            var done = ids.Select(id => id.Digest).Distinct().Select(d => left[d]).Where(p => p.Answers.Count >= p.IdCount).ToList();
            await Workbench.InParallelAsync(done, p => BookAsync(p, cancellationToken));
        }
    }

    async Task BookAsync(Progress progress, CancellationToken cancellationToken)
    {
        var manifest = progress.Verdict.Manifest;
        var refusals = progress.Answers.Where(a => !a.IsGone).ToList();
        if (refusals.Count == 0)
        {
            await bench.Index.BuryAsync(bench.Repository, TombstoneOf(progress.Verdict), cancellationToken);
            await bench.Index.TryRemoveAsync(bench.Repository, manifest.Digest, progress.Revision, cancellationToken);
            lock (deleted)
                deleted.Add(progress.Verdict);
            bench.Logger.Deleted(bench.Repository, manifest.Digest.Value);
            return;
        }

        if (refusals.Select(OwnerNamedBy).FirstOrDefault(o => o is not null) is { } owner)
        {
            bench.Logger.IsMember(bench.Repository, manifest.Digest.Value, owner.Value);
            await RememberOwnerAsync(manifest, progress.Revision, owner, cancellationToken);
            return;
        }

        var refusal = refusals[0];
        lock (failed)
            failed.Add(new FailedDelete(manifest.Digest.Value, refusal.FailureCode!, refusal.FailureReason));
        bench.Logger.NotDeleted(bench.Repository, manifest.Digest.Value, refusal.FailureCode!, refusal.FailureReason);
    }

    // ECR refuses the members of a live index: information, not a failure. A member takes no place, so it isn't proposed again.
    async Task RememberOwnerAsync(Manifest manifest, long revision, Digest owner, CancellationToken cancellationToken)
    {
        var rows = await bench.Index.ReadRowsAsync(bench.Repository, [manifest.Digest], cancellationToken);
        if (!rows.TryGetValue(manifest.Digest, out var row) || row.Revision != revision)
            return;

        var member = row with { Memory = row.Memory with { MemberOf = owner }, RankedAt = null, DueFrom = null };
        await bench.Index.TryWriteAsync(bench.Repository, member, cancellationToken);
    }

    // "Requested image referenced by manifest list: [sha256:...]"
    static Digest? OwnerNamedBy(DeleteAnswer answer)
    {
        if (answer is not { FailureCode: DeleteAnswer.ReferencedByIndex, FailureReason: { } reason })
            return null;

        var open = reason.LastIndexOf('[');
        var close = reason.LastIndexOf(']');
        return open >= 0 && close > open && Digest.TryParse(reason[(open + 1)..close], out var owner) ? owner : null;
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

    sealed record Progress(Verdict Verdict, long Revision, int IdCount)
    {
        public List<DeleteAnswer> Answers { get; } = [];
    }
}
