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

    /// <summary>Digests that went by ECR's answer; in a dry run those that would go.</summary>
    public IReadOnlyList<string> Deleted { get; init; } = [];

    public IReadOnlyList<FailedDelete> Failed { get; init; } = [];

    public int ExpiredCount { get; init; }

    public int DeletedCount { get; init; }

    public int FailedCount { get; init; }

    /// <summary>Manifests looked at in this run that are kept only because of doubt.</summary>
    public int DoubtCount { get; init; }

    /// <summary>Bytes of the manifests that went, an index's by its members: layers that they share are counted in each.</summary>
    public long Bytes { get; init; }

    /// <summary>From the event's time to the end of the run.</summary>
    public long? PushToPruneMs { get; init; }

    public static PruneResult Ignored(string why) => new() { Outcome = Jobs.Outcome.Ignored, Why = why };
}
