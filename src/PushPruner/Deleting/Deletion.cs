using PushPruner.Jobs;
using PushPruner.Pruning;

namespace PushPruner.Deleting;

/// <summary>
/// Deletes one batch of confirmed images, owners before what they own, and records it. Tombstones are written after ECR's answer. Rows are
/// removed last, and the rows of owners at the very end, so that the next run finds what a crash interrupts.
/// </summary>
sealed class Deletion(RunContext run, FreshConfirmations fresh)
{
    readonly DeleteRecorder recorder = new(run);
    readonly List<DeleteOutcome> outcomes = [];
    readonly List<FailedDelete> failed = [];

    // What turned out to be there after its delete, and what is kept because its owner is.
    readonly HashSet<Digest> survivors = [];

    // Owners whose rows are left, because something that they lead to is still to be deleted.
    readonly HashSet<Digest> ownersToLeave = [];

    IEnumerable<DeleteOutcome> Deleted => outcomes.Where(o => !survivors.Contains(o.Delete.Digest));

    /// <param name="batch">The images of this call.</param>
    /// <param name="confirmed">Has them, and what follows them.</param>
    public async Task<DeleteReport> RunAsync(
        IReadOnlyList<DeleteCandidate> batch, Confirmation confirmed, CancellationToken cancellationToken)
    {
        try
        {
            var cutShort = await DeleteAsync(DeleteOrder.Of(batch, confirmed.Expired), confirmed, cancellationToken);
            await RemoveRowsAsync(cancellationToken);
            return new DeleteReport([.. Deleted.Select(o => o.Delete.Verdict)], failed, cutShort);
        }
        finally
        {
            // Also what was deleted before a failure: the next run only finds it gone, and reports nothing of it.
            foreach (var outcome in Deleted)
            {
                run.Invocation.Counters.NoteDeleted(outcome.Delete.Verdict);
                run.Logger.Deleted(run.Repository, outcome.Tombstone!);
            }
        }
    }

    async Task<string?> DeleteAsync(
        IReadOnlyList<IReadOnlyList<ConfirmedDelete>> passes, Confirmation confirmed, CancellationToken cancellationToken)
    {
        var calls = new DeleteCalls(run, fresh, confirmed);
        string? cutShort = null;
        foreach (var pass in passes)
        {
            cutShort ??= run.IsShortOfTime && pass != passes[0] ? "the run's time ran short" : fresh.TooSlow;
            if (cutShort is not null)
                ownersToLeave.UnionWith(pass.SelectMany(d => d.Owners));
            else
                await DeletePassAsync(pass, calls, cancellationToken);
        }

        return cutShort ?? fresh.TooSlow;
    }

    async Task DeletePassAsync(IReadOnlyList<ConfirmedDelete> pass, DeleteCalls calls, CancellationToken cancellationToken)
    {
        await FindSurvivorsAsync(pass, cancellationToken);
        var deletes = pass.Where(d => !d.Owners.Any(survivors.Contains)).ToList();
        survivors.UnionWith(pass.Except(deletes).Select(d => d.Digest));

        var answered = await calls.SendAsync(deletes, cancellationToken);
        var deleted = recorder.Deleted(answered);
        // Noted before anything that can fail: the log has what ECR deleted, even if the table is out of reach.
        outcomes.AddRange(deleted);
        await recorder.WriteTombstonesAsync(deleted, cancellationToken);
        var (gone, refusals) = await recorder.ResolveAsync(answered, cancellationToken);
        outcomes.AddRange(gone);
        failed.AddRange(refusals);
        await recorder.WriteTombstonesAsync(gone, cancellationToken);
        calls.Failure?.Throw();

        survivors.UnionWith(deletes.Select(d => d.Digest).Except(deleted.Concat(gone).Select(o => o.Delete.Digest)));
        var refused = refusals.Select(f => f.Digest).ToHashSet(StringComparer.Ordinal);
        var asked = answered.Select(o => o.Delete.Digest).ToHashSet();
        var left = deletes.Where(d => refused.Contains(d.Digest.Value) || !asked.Contains(d.Digest));
        ownersToLeave.UnionWith(left.SelectMany(d => d.Owners));
    }

    // A pair deletes an image only with its last tag. ECR guards the members of one that survived, but not its referrers: so it is asked.
    async Task FindSurvivorsAsync(IReadOnlyList<ConfirmedDelete> pass, CancellationToken cancellationToken)
    {
        var subjects = pass.SelectMany(d => ReferrerTag.AllSubjectsOf(d.Manifest)).ToHashSet();
        var unsure = outcomes
            .Where(o => o.Delete.Manifest.Tags.Count > 0 && subjects.Contains(o.Delete.Digest) && !o.IsKnownGone)
            .ToList();
        if (unsure.Count == 0)
            return;

        var gone = await run.Registry.FindGoneAsync(run.Repository, [.. unsure.Select(o => o.Delete.Digest)], cancellationToken);
        foreach (var outcome in unsure.Where(o => !gone.Contains(o.Delete.Digest)))
            await NoteSurvivorAsync(outcome, cancellationToken);
    }

    // Owners' rows are removed last, and not at all while something is left to delete after them: it is they that are proposed again.
    async Task RemoveRowsAsync(CancellationToken cancellationToken)
    {
        foreach (var outcome in Deleted.Reverse().Where(o => !ownersToLeave.Contains(o.Delete.Digest)).ToList())
        {
            if (!await recorder.TryRemoveRowAsync(outcome.Delete, cancellationToken))
                await NoteSurvivorAsync(outcome, cancellationToken);
        }
    }

    async Task NoteSurvivorAsync(DeleteOutcome outcome, CancellationToken cancellationToken)
    {
        survivors.Add(outcome.Delete.Digest);
        failed.AddRange(await recorder.UndoAsync(outcome, cancellationToken));
    }
}
