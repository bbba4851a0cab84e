using System.Collections.Frozen;
using PushPruner.Snapshots;

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
