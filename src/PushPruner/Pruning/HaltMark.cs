using System.Globalization;
using PushPruner.Jobs;

namespace PushPruner.Pruning;

/// <summary>
/// Notes at a repository that a run was halted by <c>MAX_DELETES</c>. A push sees only a part of the repository, and what an event spares,
/// or puts in doubt, leaves that part: so from then on no push deletes anything there, until a listing has counted again, or the policy or
/// the limit is another.
/// </summary>
static class HaltMark
{
    public static bool IsInForce(RunContext run, RepositoryState state, RetentionPolicy policy) =>
        state.HaltedUnder is { } under && under == Of(policy, run.Settings.MaxDeletes);

    public static Task<RepositoryState> SetAsync(
        RunContext run, RepositoryState state, RetentionPolicy policy, CancellationToken cancellationToken)
    {
        var mark = Of(policy, run.Settings.MaxDeletes);
        return run.UpdateStateAsync(state, s => s with { HaltedUnder = mark }, cancellationToken);
    }

    /// <summary>
    /// Clears a mark of this policy, whatever the limit: one that was set under another policy is no longer in force, or not this run's.
    /// </summary>
    public static Task<RepositoryState> ClearAsync(
        RunContext run, RepositoryState state, RetentionPolicy policy, CancellationToken cancellationToken)
    {
        var start = PolicyHash.Of(policy) + "/";
        return run.UpdateStateAsync(
            state,
            s => s.HaltedUnder?.StartsWith(start, StringComparison.Ordinal) == true ? s with { HaltedUnder = null } : s,
            cancellationToken);
    }

    static string Of(RetentionPolicy policy, int maxDeletes) =>
        string.Create(CultureInfo.InvariantCulture, $"{PolicyHash.Of(policy)}/{maxDeletes}");
}
