using PushPruner.Jobs;
using PushPruner.Pruning;

namespace PushPruner.Cli.Reconcile;

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
