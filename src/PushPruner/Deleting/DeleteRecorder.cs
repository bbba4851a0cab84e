using PushPruner.Jobs;
using PushPruner.Recording;

namespace PushPruner.Deleting;

/// <summary>Records ECR's answers to deletes: tombstones, and corrections of rows.</summary>
sealed class DeleteRecorder(RunContext run)
{
    /// <summary>Those that are deleted by ECR's answer, each with its tombstone, which is not written yet.</summary>
    public IReadOnlyList<DeleteOutcome> Deleted(IEnumerable<DeleteOutcome> outcomes) =>
        [.. outcomes.Where(o => o.IsDeleted).Select(o => o with { Tombstone = TombstoneOf(o.Delete) })];

    public Task WriteTombstonesAsync(IEnumerable<DeleteOutcome> deleted, CancellationToken cancellationToken) =>
        RunContext.InParallelAsync(deleted, o => run.Index.WriteTombstoneAsync(run.Repository, o.Tombstone!, cancellationToken));

    /// <summary>Asks ECR what became of the others, and corrects their rows.</summary>
    /// <returns>Those that are gone as well, and what is reported of those that are kept: refusals, and tags that they lost.</returns>
    public async Task<(IReadOnlyList<DeleteOutcome> Gone, IReadOnlyList<FailedDelete> Failed)> ResolveAsync(
        IEnumerable<DeleteOutcome> outcomes, CancellationToken cancellationToken)
    {
        var others = outcomes.Where(o => !o.IsDeleted).ToLookup(o => o.IsRefusedAsMember);
        await RunContext.InParallelAsync(others[true], o => RecordMemberAsync(o, cancellationToken));
        var asked = await AskAsync([.. others[false]], cancellationToken);
        var kept = asked.Where(o => !o.IsKnownGone).SelectMany(o => LostTags(o).Concat(Refusal(o)));
        return (Deleted(asked), Report([.. others[true].SelectMany(LostTags), .. kept]));
    }

    /// <summary>Removes the row of a manifest that was deleted.</summary>
    /// <returns>False if it is there after all: it gained a tag, and another run has written its row since.</returns>
    public async Task<bool> TryRemoveRowAsync(ConfirmedDelete delete, CancellationToken cancellationToken)
    {
        var revision = delete.Row?.Revision ?? IndexRow.Unwritten;
        return await run.Index.TryRemoveAsync(run.Repository, delete.Digest, revision, cancellationToken)
            || (await run.Registry.FindGoneAsync(run.Repository, [delete.Digest], cancellationToken)).Contains(delete.Digest);
    }

    /// <summary>Removes the tombstone of a manifest that turned out to be there, and corrects its row.</summary>
    /// <returns>The tags that it lost.</returns>
    public async Task<IReadOnlyList<FailedDelete>> UndoAsync(DeleteOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Tombstone is { } tombstone)
            await run.Index.RemoveTombstoneAsync(run.Repository, tombstone, cancellationToken);
        await RefreshRowsAsync([outcome.Delete.Digest], cancellationToken);
        return Report([.. LostTags(outcome)]);
    }

    // ECR refuses the members of a live manifest list: information, not a failure. A member takes no place, so it isn't proposed again.
    async Task RecordMemberAsync(DeleteOutcome outcome, CancellationToken cancellationToken)
    {
        var digest = outcome.Delete.Digest;
        run.Logger.IsMember(run.Repository, digest.Value, outcome.Owner?.Value ?? "an index");
        if (outcome.Owner is { } owner)
            await run.Index.AddOwnerAsync(run.Repository, digest, owner, cancellationToken);
        else if (outcome.Delete.Row is { } row)
            await run.Index.TryWriteAsync(run.Repository, row with { RankedAt = null, DueFrom = null }, cancellationToken);
    }

    // A tag was gone or had moved, or ECR failed: only ECR knows what became of the image.
    async Task<IReadOnlyList<DeleteOutcome>> AskAsync(IReadOnlyList<DeleteOutcome> unclear, CancellationToken cancellationToken)
    {
        if (unclear.Count == 0)
            return [];

        var gone = await run.Registry.FindGoneAsync(run.Repository, [.. unclear.Select(o => o.Delete.Digest)], cancellationToken);
        await RefreshRowsAsync([.. unclear.Select(o => o.Delete.Digest).Where(d => !gone.Contains(d))], cancellationToken);
        return [.. unclear.Select(o => o with { IsKnownGone = gone.Contains(o.Delete.Digest) })];
    }

    async Task RefreshRowsAsync(IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        if (digests.Count == 0)
            return;

        var policy = (await run.ReadStateAsync(cancellationToken) ?? new RepositoryState()).Overrides.ApplyTo(run.Settings.Policy);
        await new RowRefresher(run).RefreshAsync(digests, policy, known: null, push: null, cancellationToken);
    }

    // The image is kept, but no longer has every tag that it had.
    static IEnumerable<FailedDelete> LostTags(DeleteOutcome outcome) => outcome.LostTags.Select(tag => new FailedDelete(
        outcome.Delete.Digest.Value,
        FailedDelete.TagLost,
        $"ECR removed the tag {tag}, and then kept the image: push the tag again if something still uses it"));

    static IEnumerable<FailedDelete> Refusal(DeleteOutcome outcome) => outcome.Refusal is { } refusal
        ? [new FailedDelete(outcome.Delete.Digest.Value, refusal.FailureCode!, refusal.FailureReason)]
        : [];

    IReadOnlyList<FailedDelete> Report(IReadOnlyList<FailedDelete> failed)
    {
        foreach (var failure in failed)
            run.Logger.NotDeleted(run.Repository, failure);
        return failed;
    }

    Tombstone TombstoneOf(ConfirmedDelete delete) => new()
    {
        Digest = delete.Digest,
        Tags = delete.Manifest.Tags,
        PushedAt = delete.Manifest.PushedAt,
        Bytes = delete.Manifest.Bytes,
        DeletedAt = run.Now,
        Reason = delete.Verdict.Reason,
        RequestId = run.Invocation.RequestId,
        Rank = delete.Verdict.Rank,
        ActiveAt = delete.Verdict.Group?.ActiveAt ?? delete.Manifest.PushedAt,
        Policy = delete.Policy,
        EventId = run.Invocation.EventId,
        Execution = run.Invocation.Execution,
    };
}
