using System.Text.Json.Serialization;

namespace PushPruner.Jobs;

/// <summary>What a reconcile of one repository did: the function's answer, and one line of its log.</summary>
public sealed record ReconcileResult : PruneResult
{
    /// <summary>False when the run's time ran short: run it again, and it goes on from there.</summary>
    public bool Done { get; init; } = true;

    /// <summary>Images seen: what takes a place in the ranking, and what stands where one would but can't be counted, is told by the reasons.</summary>
    public int Images { get; init; }

    /// <summary>Images that are not expired.</summary>
    public int Kept { get; init; }

    public Drift Drift { get; init; } = Drift.None;

    /// <summary>Images that are expired now but were not at the approved instant, or were not shown: kept. Null without an approval.</summary>
    public int? NotApprovedCount { get; init; }

    /// <summary>What a dry run or a halted run found; null of any other. For the command line alone: it may be larger than an answer.</summary>
    [JsonIgnore]
    public ReconcilePlan? Plan { get; init; }
}
