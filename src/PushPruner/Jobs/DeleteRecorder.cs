using PushPruner.Ports;

namespace PushPruner.Jobs;

/// <summary>Turns ECR's answers to a delete into tombstones, rows and the result.</summary>
sealed class DeleteRecorder(RunContext bench, List<FailedDelete> failed)
{
    /// <summary>Leaves a tombstone for each manifest that went; what didn't is mended or reported.</summary>
    /// <returns>Those that went.</returns>
    public async Task<IReadOnlyList<DeleteOutcome>> RecordOutcomesAsync(IReadOnlyList<DeleteOutcome> answered, CancellationToken cancellationToken)
    {
        await RunContext.InParallelAsync(answered.Where(a => !a.IsClean && a.IsRefusedAsMember), a => RecordMemberAsync(a, cancellationToken));
        var clean = answered.Where(a => a.IsClean || a.IsKnownGone);
        var unclear = await AskAboutAsync([.. answered.Where(a => !a.IsClean && !a.IsKnownGone && !a.IsRefusedAsMember)], cancellationToken);
        return await WriteTombstonesAsync([.. clean, .. unclear], cancellationToken);
    }

    /// <summary>Removes the row of a manifest that went.</summary>
    /// <returns>False when it is there after all: another run has written the row since, for it gained a tag.</returns>
    public async Task<bool> RemoveRowAsync(DeleteOutcome answered, CancellationToken cancellationToken)
    {
        var digest = answered.Delete.Digest;
        var revision = answered.Delete.Row?.Revision ?? IndexRow.Unwritten;
        if (await bench.Index.TryRemoveAsync(bench.Repository, digest, revision, cancellationToken) || !await IsThereAsync(digest, cancellationToken))
            return true;

        await UndoAsync(answered, cancellationToken);
        return false;
    }

    /// <summary>It was taken for gone, and is there.</summary>
    public async Task UndoAsync(DeleteOutcome answered, CancellationToken cancellationToken)
    {
        ReportLostTags(answered);
        if (answered.Tombstone is { } tombstone)
            await bench.Index.RemoveTombstoneAsync(bench.Repository, tombstone, cancellationToken);
        await RefreshRowsAsync([answered.Delete.Digest], cancellationToken);
    }

    async Task<IReadOnlyList<DeleteOutcome>> WriteTombstonesAsync(IReadOnlyList<DeleteOutcome> gone, CancellationToken cancellationToken)
    {
        var buried = gone.Select(a => a with { Tombstone = TombstoneOf(a) }).ToList();
        await RunContext.InParallelAsync(buried, a => bench.Index.WriteTombstoneAsync(bench.Repository, a.Tombstone!, cancellationToken));
        return buried;
    }

    // ECR refuses the members of a live index: information, not a failure. A member takes no place, so it isn't proposed again.
    async Task RecordMemberAsync(DeleteOutcome answered, CancellationToken cancellationToken)
    {
        ReportLostTags(answered);
        var digest = answered.Delete.Digest;
        bench.Logger.IsMember(bench.Repository, digest.Value, answered.Owner?.Value ?? "an index");
        if (answered.Owner is { } owner)
            await bench.Index.AddOwnerAsync(bench.Repository, digest, owner, cancellationToken);
        else if (answered.Delete.Row is { } row)
            await bench.Index.TryWriteAsync(bench.Repository, row with { RankedAt = null, DueFrom = null }, cancellationToken);
    }

    // A tag was gone or had moved, or ECR couldn't: what that means for the image only ECR knows.
    async Task<IReadOnlyList<DeleteOutcome>> AskAboutAsync(List<DeleteOutcome> unclear, CancellationToken cancellationToken)
    {
        if (unclear.Count == 0)
            return [];

        var gone = await bench.Registry.FindGoneAsync(bench.Repository, [.. unclear.Select(a => a.Delete.Digest)], cancellationToken);
        foreach (var answered in unclear.Where(a => !gone.Contains(a.Delete.Digest)))
        {
            ReportLostTags(answered);
            var digest = answered.Delete.Digest.Value;
            if (answered.Refusal is not { } refusal)
                continue;

            var failure = new FailedDelete(digest, refusal.FailureCode!, refusal.FailureReason);
            failed.Add(failure);
            bench.Logger.NotDeleted(bench.Repository, failure);
        }

        await RefreshRowsAsync([.. unclear.Select(a => a.Delete.Digest).Where(d => !gone.Contains(d))], cancellationToken);
        return [.. unclear.Where(a => gone.Contains(a.Delete.Digest)).Select(a => a with { IsKnownGone = true })];
    }

    // The image is kept, but no longer by every name that it had.
    void ReportLostTags(DeleteOutcome answered)
    {
        foreach (var tag in answered.LostTags)
        {
            var failure = new FailedDelete(
                answered.Delete.Digest.Value,
                FailedDelete.TagLost,
                $"ECR removed the tag {tag}, and then kept the image: push the tag again if something still uses it");
            lock (failed)
                failed.Add(failure);
            bench.Logger.NotDeleted(bench.Repository, failure);
        }
    }

    async Task<bool> IsThereAsync(Digest digest, CancellationToken cancellationToken) =>
        !(await bench.Registry.FindGoneAsync(bench.Repository, [digest], cancellationToken)).Contains(digest);

    async Task RefreshRowsAsync(IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        if (digests.Count == 0)
            return;

        var state = (await bench.Index.ReadAsync(bench.Repository, [], tag: null, cancellationToken)).State;
        var policy = (state ?? new RepositoryState()).Overrides.ApplyTo(bench.Settings.Policy);
        await new RowRefresher(bench).RefreshAsync(digests, policy, known: null, push: null, cancellationToken);
    }

    Tombstone TombstoneOf(DeleteOutcome answered)
    {
        var manifest = answered.Verdict.Manifest;
        return new Tombstone
        {
            Digest = manifest.Digest,
            Tags = manifest.Tags,
            PushedAt = manifest.PushedAt,
            Bytes = manifest.Bytes,
            DeletedAt = bench.Now,
            Reason = answered.Verdict.Reason,
            RequestId = bench.Invocation.RequestId,
            Rank = answered.Verdict.Rank,
            ActiveAt = answered.Verdict.Group?.ActiveAt ?? manifest.PushedAt,
            Policy = answered.Delete.Policy,
            EventId = bench.Invocation.EventId,
            Execution = bench.Invocation.Execution,
        };
    }
}
