using PushPruner.Jobs;

namespace PushPruner.Pruning;

/// <summary>
/// A listing that can't end in the function's time: said at once by every push, until a reconcile has run or a day has passed.
/// </summary>
static class Deferral
{
    // Then ECR may be fast again, or the repository smaller. A mark that lasts longer shows as well that no reconcile could end.
    static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static bool IsInForce(RepositoryState state, DateTimeOffset now) => state.DeferredAt is { } at && now - at < Longest;

    /// <summary>Counts a mark that is more than a day old.</summary>
    public static void NoteIfLong(RunContext run, RepositoryState? state)
    {
        if (run.Now - state?.DeferredAt > Longest)
            run.Invocation.Counters.NoteLongDeferred();
    }

    public static async Task<PruneResult> MarkAsync(RunContext run, RepositoryState? state, CancellationToken cancellationToken)
    {
        NoteIfLong(run, state);
        // Where another run wrote the state first it has listed, or left the same mark.
        await run.Index.TryWriteStateAsync(
            run.Repository,
            (state ?? new RepositoryState()) with
            {
                DeferredAt = run.Now,
            },
            cancellationToken);
        return Result(run);
    }

    public static PruneResult Result(RunContext run)
    {
        const string why = "the repository is too large to be listed in the function's time: run the reconcile";
        run.Logger.KeptEverything(run.Repository, why);
        return new PruneResult { Outcome = Outcome.Deferred, Why = why };
    }
}
