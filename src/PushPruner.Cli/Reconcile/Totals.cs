using PushPruner.Jobs;

namespace PushPruner.Cli.Reconcile;

/// <summary>Sums over repositories.</summary>
sealed record Totals(int Repositories, long Images, long Kept, long Expired, long Manifests, long Bytes, long FailedDeletes, int Failed, int Halted, int Unfinished)
{
    public static Totals Of(IReadOnlyList<RepositoryReport> reports)
    {
        var results = reports.Select(r => r.Result).OfType<ReconcileResult>().ToList();
        return new(
            reports.Count,
            results.Sum(r => (long)r.Images),
            results.Sum(r => (long)r.Kept),
            results.Sum(r => (long)r.ExpiredCount),
            results.Sum(r => (long)r.DeletedCount),
            results.Sum(r => r.Bytes),
            results.Sum(r => (long)r.FailedCount),
            reports.Count(r => r.Error is not null),
            reports.Count(r => r.IsHalted),
            reports.Count(r => r.IsUnfinished && r.Error is null));
    }
}
