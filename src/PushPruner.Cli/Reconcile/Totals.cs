using PushPruner.Jobs;

namespace PushPruner.Cli.Reconcile;

/// <summary>Sums over repositories.</summary>
/// <param name="Deleted">Manifests that went by ECR's answer.</param>
/// <param name="Bytes">Of those <paramref name="Deleted"/>.</param>
/// <param name="ToDelete">Manifests that are planned to go, where it has not come to deleting.</param>
/// <param name="BytesToDelete">Of those <paramref name="ToDelete"/>.</param>
sealed record Totals(
    int Repositories,
    long Images,
    long Kept,
    long Expired,
    long Deleted,
    long Bytes,
    long ToDelete,
    long BytesToDelete,
    long FailedDeletes,
    int Failed,
    int Halted,
    int Unfinished)
{
    public static Totals Of(IReadOnlyList<RepositoryReport> reports)
    {
        var results = reports.Select(r => r.Result).OfType<ReconcileResult>().ToList();
        var went = results.Where(r => !r.DryRun).ToList();
        var planned = results.Where(r => r.DryRun).ToList();
        return new(
            reports.Count,
            results.Sum(r => (long)r.Images),
            results.Sum(r => (long)r.Kept),
            results.Sum(r => (long)r.ExpiredCount),
            went.Sum(r => (long)r.DeletedCount),
            went.Sum(r => r.Bytes),
            planned.Sum(r => (long)r.DeletedCount),
            planned.Sum(r => r.Bytes),
            results.Sum(r => (long)r.FailedCount),
            reports.Count(r => r.Error is not null),
            reports.Count(r => r.IsHalted),
            reports.Count(r => r.IsUnfinished && r.Error is null));
    }
}
