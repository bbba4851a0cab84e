using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Benchmarks.Loads;

/// <summary>How much comes, what is kept of it, and how much ECR bears.</summary>
/// <param name="PushesASecond">On average: they come by chance, from a seed.</param>
/// <param name="Repositories">Among which they are spread evenly, by chance.</param>
/// <param name="KeepNewest">N.</param>
/// <param name="KeepFor">X. If not zero, the repository was pushed to as fast as now for all of it, so that images come of age as fast as others are pushed.</param>
/// <param name="Margin">How many times what the pushes need, came they one by one, ECR bears a second.</param>
sealed record LoadPlan(int PushesASecond, int Repositories, int KeepNewest, TimeSpan KeepFor, double Margin, int Seed)
{
    // What a push with an expired image needs of each.
    const double BurstInSeconds = 0.25;

    static readonly (string Operation, int APush)[] Calls = [("DescribeImages", 2), ("ListTagsForResource", 1), ("BatchDeleteImage", 1)];

    public RetentionPolicy Policy => new() { KeepNewest = KeepNewest, KeepFor = KeepFor };

    public RateLimits Limits()
    {
        var limits = new RateLimits();
        foreach (var (operation, aPush) in Calls)
            limits.Limit(operation, aPush * PushesASecond * Margin, (int)Math.Ceiling(aPush * PushesASecond * BurstInSeconds));
        return limits;
    }
}
