using PushPruner.Jobs;
using PushPruner.Ports;
using PushPruner.Recording;

namespace PushPruner.Deleting;

/// <summary>Turns ECR's answers to a delete into tombstones, rows and the result.</summary>
sealed class DeleteRecorder(RunContext run, List<FailedDelete> failed)
{
    /// <summary>Leaves a tombstone for each manifest that went; what didn't is mended or reported.</summary>
    /// <returns>Those that went.</returns>
    public async Task<IReadOnlyList<DeleteOutcome>> RecordOutcomesAsync(
        IReadOnlyList<DeleteOutcome> outcomes, CancellationToken cancellationToken)
    {
        await RunContext.InParallelAsync(
            outcomes.Where(a => !a.IsClean && a.IsRefusedAsMember), a => RecordMemberAsync(a, cancellationToken));
        var clean = outcomes.Where(a => a.IsClean || a.IsKnownGone);
        var unclear = await AskAboutAsync(
            [.. outcomes.Where(a => !a.IsClean && !a.IsKnownGone && !a.IsRefusedAsMember)], cancellationToken);
        return await WriteTombstonesAsync([.. clean, .. unclear], cancellationToken);
    }

    /// <summary>Removes the row of a manifest that went.</summary>
    /// <returns>False when it is there after all: another run has written the row since, for it gained a tag.</returns>
    public async Task<bool> RemoveRowAsync(DeleteOutcome outcome, CancellationToken cancellationToken)
    {
        var digest = outcome.Delete.Digest;
        var revision = outcome.Delete.Row?.Revision ?? IndexRow.Unwritten;
        if (
            await run.Index.TryRemoveAsync(run.Repository, digest, revision, cancellationToken)
            || !await IsThereAsync(digest, cancellationToken))
        {
            return true;
        }

        await UndoAsync(outcome, cancellationToken);
        return false;
    }

    /// <summary>It was taken for gone, and is there.</summary>
    public async Task UndoAsync(DeleteOutcome outcome, CancellationToken cancellationToken)
    {
        ReportLostTags(outcome);
        if (outcome.Tombstone is { } tombstone)
            await run.Index.RemoveTombstoneAsync(run.Repository, tombstone, cancellationToken);
        await RefreshRowsAsync([outcome.Delete.Digest], cancellationToken);
    }

    async Task<IReadOnlyList<DeleteOutcome>> WriteTombstonesAsync(IReadOnlyList<DeleteOutcome> gone, CancellationToken cancellationToken)
    {
        var recorded = gone.Select(a => a with { Tombstone = TombstoneOf(a) }).ToList();
        await RunContext.InParallelAsync(recorded, a => run.Index.WriteTombstoneAsync(run.Repository, a.Tombstone!, cancellationToken));
        return recorded;
    }

    // ECR refuses the members of a live index: information, not a failure. A member takes no place, so it isn't proposed again.
    async Task RecordMemberAsync(DeleteOutcome outcome, CancellationToken cancellationToken)
    {
        ReportLostTags(outcome);
        var digest = outcome.Delete.Digest;
        run.Logger.IsMember(run.Repository, digest.Value, outcome.Owner?.Value ?? "an index");
        if (outcome.Owner is { } owner)
            await run.Index.AddOwnerAsync(run.Repository, digest, owner, cancellationToken);
        else if (outcome.Delete.Row is { } row)
            await run.Index.TryWriteAsync(run.Repository, row with { RankedAt = null, DueFrom = null }, cancellationToken);
    }

    // A tag was gone or had moved, or ECR couldn't: what that means for the image only ECR knows.
    async Task<IReadOnlyList<DeleteOutcome>> AskAboutAsync(List<DeleteOutcome> unclear, CancellationToken cancellationToken)
    {
        if (unclear.Count == 0)
            return [];

        var gone = await run.Registry.FindGoneAsync(run.Repository, [.. unclear.Select(a => a.Delete.Digest)], cancellationToken);
        foreach (var outcome in unclear.Where(a => !gone.Contains(a.Delete.Digest)))
        {
            ReportLostTags(outcome);
            var digest = outcome.Delete.Digest.Value;
            if (outcome.Refusal is not { } refusal)
                continue;

            var failure = new FailedDelete(digest, refusal.FailureCode!, refusal.FailureReason);
            failed.Add(failure);
            run.Logger.NotDeleted(run.Repository, failure);
        }

        await RefreshRowsAsync([.. unclear.Select(a => a.Delete.Digest).Where(d => !gone.Contains(d))], cancellationToken);
        return [.. unclear.Where(a => gone.Contains(a.Delete.Digest)).Select(a => a with { IsKnownGone = true })];
    }

    // The image is kept, but no longer by every name that it had.
    void ReportLostTags(DeleteOutcome outcome)
    {
        foreach (var tag in outcome.LostTags)
        {
            var failure = new FailedDelete(
                outcome.Delete.Digest.Value,
                FailedDelete.TagLost,
                $"ECR removed the tag {tag}, and then kept the image: push the tag again if something still uses it");
            lock (failed)
                failed.Add(failure);
            run.Logger.NotDeleted(run.Repository, failure);
        }
    }

    async Task<bool> IsThereAsync(Digest digest, CancellationToken cancellationToken) =>
        !(await run.Registry.FindGoneAsync(run.Repository, [digest], cancellationToken)).Contains(digest);

    async Task RefreshRowsAsync(IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        if (digests.Count == 0)
            return;

        var state = (await run.Index.ReadAsync(run.Repository, [], tag: null, cancellationToken)).State;
        var policy = (state ?? new RepositoryState()).Overrides.ApplyTo(run.Settings.Policy);
        await new RowRefresher(run).RefreshAsync(digests, policy, known: null, push: null, cancellationToken);
    }

    Tombstone TombstoneOf(DeleteOutcome outcome)
    {
        var manifest = outcome.Verdict.Manifest;
        return new Tombstone
        {
            Digest = manifest.Digest,
            Tags = manifest.Tags,
            PushedAt = manifest.PushedAt,
            Bytes = manifest.Bytes,
            DeletedAt = run.Now,
            Reason = outcome.Verdict.Reason,
            RequestId = run.Invocation.RequestId,
            Rank = outcome.Verdict.Rank,
            ActiveAt = outcome.Verdict.Group?.ActiveAt ?? manifest.PushedAt,
            Policy = outcome.Delete.Policy,
            EventId = run.Invocation.EventId,
            Execution = run.Invocation.Execution,
        };
    }
}
