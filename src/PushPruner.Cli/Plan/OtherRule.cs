using System.Collections.Frozen;

namespace PushPruner.Cli.Plan;

/// <summary>What the common rule would keep of what is expired.</summary>
/// <param name="Images">By their digests.</param>
/// <param name="Bytes">Of these and all that lives and dies with them, each manifest once.</param>
sealed record OtherRule(IReadOnlySet<Digest> Images, long Bytes)
{
    public static OtherRule For(RepositorySnapshot snapshot)
    {
        if (snapshot.KeepsEverything is not null)
            return new(FrozenSet<Digest>.Empty, 0);

        var images = PlusRule.KeepsToo(snapshot.Policy, snapshot.At, snapshot.Verdicts).Select(v => v.Digest).ToFrozenSet();
        var expired = snapshot.Expired.Select(v => v.Digest).ToFrozenSet();
        var kept = images.SelectMany(snapshot.GroupOf).DistinctBy(m => m.Digest).Where(m => expired.Contains(m.Digest));
        return new(images, kept.Sum(m => m.OwnBytes));
    }
}

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
