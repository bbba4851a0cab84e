using PushPruner.LocalAws;

namespace PushPruner.Benchmarks.Loads;

/// <summary>How much comes, and how much ECR bears.</summary>
/// <param name="PushesASecond">On average: they come by chance, from a seed.</param>
/// <param name="Repositories">Among which they are spread evenly, by chance.</param>
/// <param name="Margin">How many times what the pushes need, came they one by one, ECR bears a second.</param>
sealed record LoadPlan(int PushesASecond, int Repositories, double Margin, int Seed)
{
    /// <summary>Images that a repository keeps; each push makes one expire.</summary>
    public const int KeepNewest = 3;

    // What a push with an expired image needs of each.
    const double BurstInSeconds = 0.25;

    static readonly (string Operation, int APush)[] Calls = [("DescribeImages", 2), ("ListTagsForResource", 1), ("BatchDeleteImage", 1)];

    public RateLimits Limits()
    {
        var limits = new RateLimits();
        foreach (var (operation, aPush) in Calls)
            limits.Limit(operation, aPush * PushesASecond * Margin, (int)Math.Ceiling(aPush * PushesASecond * BurstInSeconds));
        return limits;
    }
}
