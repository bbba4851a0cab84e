using PushPruner.Aws;
using PushPruner.Jobs;
using PushPruner.Pruning;

namespace PushPruner.Cli.Reconcile;

/// <summary>Where a reconcile is told.</summary>
interface IReconcileReport
{
    void Planned(RegistryHome? home, IReadOnlyList<RepositoryReport> plans)
    {
    }

    /// <summary>A plan was carried out, as far as it went.</summary>
    void Deleted(RepositoryReport repository)
    {
    }

    void End(Summary summary);
}

/// <summary>A run as a whole.</summary>
/// <param name="Home">Null when no repository was found.</param>
/// <param name="Repositories">Each as it stands at the end: what became of it, or else its plan.</param>
/// <param name="Left">Those that a stop left to be done.</param>
sealed record Summary(
    string RequestId, RegistryHome? Home, RunEnd Ending, IReadOnlyList<RepositoryReport> Repositories, IReadOnlyList<string> Left)
{
    /// <summary>Why not even the repositories are known.</summary>
    public string? Error { get; init; }
}

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

/// <summary>How it stands with one repository: its plan, or what became of it.</summary>
sealed record RepositoryReport(string Repository)
{
    /// <summary>Null when nothing is known but <see cref="Error"/>, or that it was not begun.</summary>
    public ReconcileResult? Result { get; init; }

    /// <summary>Why it went no further.</summary>
    public string? Error { get; init; }

    /// <summary>Something is to be deleted.</summary>
    public bool IsDue => Error is null && Result is { Outcome: Outcome.DryRun, Done: true };

    public bool IsHalted => Result is { Outcome: Outcome.Halted };

    /// <summary>What has to be approved for a halted repository to be pruned; null when an approval would not help.</summary>
    public ApprovalTerms? Terms => IsHalted && Result is { ExpiredCount: > 0, Plan: { } plan } halted
        ? new(Repository, halted.ExpiredCount, plan.AsOf, plan.PolicyHash)
        : null;

    public bool IsUnfinished => Result is { Done: false };

    public bool HasFailed => Error is not null || IsUnfinished || Result is { FailedCount: > 0 };
}
