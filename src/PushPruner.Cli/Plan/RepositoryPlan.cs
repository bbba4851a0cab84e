using PushPruner.Cli.Layers;
using PushPruner.Cli.Plan.InUse;
using PushPruner.Snapshots;

namespace PushPruner.Cli.Plan;

/// <summary>What is planned for one repository, with all that it is planned from.</summary>
/// <param name="Layers">Null when they were not asked for, or could not be read.</param>
/// <param name="Used">Of the expired images those that something in use names.</param>
sealed record RepositoryPlan(
    RepositorySnapshot Snapshot, PlanTotals Totals, OtherRule Other, LayerSums? Layers, IReadOnlyDictionary<Digest, UsedImage> Used)
{
    public string Repository => Snapshot.Repository;
}
