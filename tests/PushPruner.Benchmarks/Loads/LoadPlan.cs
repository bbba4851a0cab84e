using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Benchmarks.Loads;

/// <summary>How much comes, what is kept of it, and how much ECR bears.</summary>
/// <param name="PushesASecond">On average: they come by chance, from a seed.</param>
/// <param name="Repositories">Among which they are spread evenly, by chance.</param>
/// <param name="KeepNewest">N.</param>
/// <param name="KeepFor">
/// X. If not zero, the repository was pushed to as fast as now for all of it, so that images come of age as fast as others are pushed.
/// </param>
/// <param name="Events">How many events a push sends: 1 of a single image, 5 of a multi-arch one.</param>
/// <param name="Margin">How many times what the pushes need, came they one by one, ECR bears a second.</param>
sealed record LoadPlan(int PushesASecond, int Repositories, int KeepNewest, TimeSpan KeepFor, int Events, double Margin, int Seed)
{
    const double BurstInSeconds = 0.25;

    // What the event of a push with an expired image needs of each.
    static readonly (string Operation, int AnEvent)[] Calls = [("DescribeImages", 2), ("ListTagsForResource", 1), ("BatchDeleteImage", 1)];

    public RetentionPolicy Policy => new() { KeepNewest = KeepNewest, KeepFor = KeepFor };

    public double DescribesASecond => Calls[0].AnEvent * Events * PushesASecond * Margin;

    public RateLimits Limits()
    {
        var limits = new RateLimits();
        foreach (var (operation, anEvent) in Calls)
        {
            var aSecond = anEvent * Events * PushesASecond;
            limits.Limit(operation, aSecond * Margin, (int)Math.Ceiling(aSecond * BurstInSeconds));
        }

        return limits;
    }
}
