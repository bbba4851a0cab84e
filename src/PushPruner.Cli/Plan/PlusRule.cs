using PushPruner.Rules;

namespace PushPruner.Cli.Plan;

/// <summary>
/// The rule that most cleaners of registries have: everything of the last X days, plus N more of the older ones. For comparison alone, for
/// those who come from there; nothing is decided by it.
/// </summary>
static class PlusRule
{
    /// <summary>
    /// The expired images that it would keep, newest first. They are N at most: here the young ones count among the N, there only the
    /// older ones do. What a tag protects or a pull keeps it keeps as well, and there too it takes a place.
    /// </summary>
    /// <param name="verdicts">Of all of a repository, by the same policy and time.</param>
    public static IReadOnlyList<Verdict> KeepsToo(RetentionPolicy policy, DateTimeOffset now, IEnumerable<Verdict> verdicts)
    {
        var older = verdicts.Where(v => v is { Rank: not null, Group: { } group } && now - group.ActiveAt > policy.KeepFor);
        return
        [
            .. older
                .GroupBy(v => v.Kind, StringComparer.Ordinal)
                .SelectMany(kind => kind.OrderBy(v => v.Rank).Take(policy.KeepNewest))
                .Where(v => v.IsExpired),
        ];
    }
}
