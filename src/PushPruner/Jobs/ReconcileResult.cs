using System.Text.Json.Serialization;
using PushPruner.Listing;
using PushPruner.Pruning;

namespace PushPruner.Jobs;

/// <summary>What a reconcile of one repository did: the function's answer, and one line of its log.</summary>
public sealed record ReconcileResult : PruneResult
{
    /// <summary>False when the run's time ran short: run it again, and it goes on from there.</summary>
    public bool Done { get; init; } = true;

    /// <summary>
    /// Images seen: what takes a place in the ranking, and what stands where one would but can't be counted, is shown by the reasons.
    /// </summary>
    public int Images { get; init; }

    /// <summary>Images that are not expired.</summary>
    public int Kept { get; init; }

    public Drift Drift { get; init; } = Drift.None;

    /// <summary>
    /// Rows of the index that the run wrote or removed. A run that only did that made progress: run it again, if it is not done.
    /// </summary>
    public int RowsWritten { get; init; }

    /// <summary>
    /// Manifests that only doubt keeps, and that were pushed more than a week ago. No later run will resolve that doubt by itself.
    /// </summary>
    public int LastingDoubtCount { get; init; }

    /// <summary>The repository's resource tags cannot be understood, so everything in it is kept; <c>why</c> names the tag.</summary>
    public bool OverridesMalformed { get; init; }

    /// <summary>
    /// Until this run, no push could prune the repository for more than a day, because it is too large to be listed by a push.
    /// </summary>
    public bool DeferredOverADay { get; init; }

    /// <summary>
    /// Images that are expired now but were not at the approved instant, or were not shown: kept. Null without an approval.
    /// </summary>
    public int? NotApprovedCount { get; init; }

    /// <summary>
    /// What a dry run or a halted run found; null of any other. For the command line alone: it may be larger than an answer.
    /// </summary>
    [JsonIgnore]
    public ReconcilePlan? Plan { get; init; }
}
