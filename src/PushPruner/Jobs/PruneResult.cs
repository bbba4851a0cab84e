using PushPruner.Deleting;

namespace PushPruner.Jobs;

/// <summary>
/// What a run did: the function's answer, and one line of its log. Lists hold the first <see cref="MaxListed"/>, counts are complete.
/// </summary>
public record PruneResult
{
    public const int MaxListed = 100;

    public string? Repository { get; init; }

    public string? Digest { get; init; }

    public required string Outcome { get; init; }

    /// <summary>Why it was ignored, deferred or halted, and what to do about it.</summary>
    public string? Why { get; init; }

    public bool DryRun { get; init; }

    public bool Resynced { get; init; }

    public IReadOnlyList<ExpiredImage> Expired { get; init; } = [];

    /// <summary>Digests that ECR's answer says are deleted; in a dry run those that would be.</summary>
    public IReadOnlyList<string> Deleted { get; init; } = [];

    public IReadOnlyList<FailedDelete> Failed { get; init; } = [];

    public int ExpiredCount { get; init; }

    public int DeletedCount { get; init; }

    public int FailedCount { get; init; }

    /// <summary>Manifests looked at in this run that are kept only because of doubt.</summary>
    public int DoubtCount { get; init; }

    /// <summary>Bytes of the deleted manifests; of a manifest list, those of its members. Shared layers are counted in each.</summary>
    public long Bytes { get; init; }

    /// <summary>From the event's time to the end of the run.</summary>
    public long? PushToPruneMs { get; init; }

    /// <summary>
    /// The result of a run that looked again. Its doubts are those of the whole run already; a halt is reported in any case.
    /// </summary>
    internal PruneResult Plus(PruneResult next) => next with
    {
        Outcome = Outcome == Jobs.Outcome.Pruned && next.Outcome is not (Jobs.Outcome.Halted or Jobs.Outcome.Deferred)
            ? Jobs.Outcome.Pruned
            : next.Outcome,
        Why = next.Why ?? Why,
        Expired = [.. Expired.Concat(next.Expired).Take(MaxListed)],
        Deleted = [.. Deleted.Concat(next.Deleted).Take(MaxListed)],
        Failed = [.. Failed.Concat(next.Failed).Take(MaxListed)],
        ExpiredCount = ExpiredCount + next.ExpiredCount,
        DeletedCount = DeletedCount + next.DeletedCount,
        FailedCount = FailedCount + next.FailedCount,
        Bytes = Bytes + next.Bytes,
    };

    public static PruneResult Ignored(string why) => new() { Outcome = Jobs.Outcome.Ignored, Why = why };
}
