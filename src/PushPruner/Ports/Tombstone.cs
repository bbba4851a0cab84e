namespace PushPruner.Ports;

/// <summary>What is left of a deleted manifest: the audit trail, and the answer to "where is my image".</summary>
public sealed record Tombstone
{
    /// <summary>How long a tombstone stays.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    public required Digest Digest { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public DateTimeOffset? PushedAt { get; init; }

    public long Bytes { get; init; }

    public required DateTimeOffset DeletedAt { get; init; }

    /// <summary>The rule's reason, or that it was found gone.</summary>
    public required string Reason { get; init; }

    /// <summary>True if no run is known to have deleted it: such a tombstone is replaced by one that knows why.</summary>
    public bool IsFoundGone { get; init; }

    /// <summary>The request that deleted it or found it gone.</summary>
    public required string RequestId { get; init; }

    /// <summary>How many images outranked it; null for what takes no place, and if it was not recorded.</summary>
    public int? Rank { get; init; }

    /// <summary>From when its age counted: the latest activity of its group or, of what takes no place, its push.</summary>
    public DateTimeOffset? ActiveAt { get; init; }

    /// <summary>The policy that it was deleted by; null if none was recorded.</summary>
    public RetentionPolicy? Policy { get; init; }

    /// <summary>The EventBridge event that the request handled; null where it was no event, or if it was not recorded.</summary>
    public string? EventId { get; init; }

    /// <summary>The execution of the state machine that asked; null where none did, or if it was not recorded.</summary>
    public string? Execution { get; init; }

    /// <summary>Its age when it was deleted; null when that isn't known.</summary>
    public TimeSpan? Age => DeletedAt - ActiveAt;
}
