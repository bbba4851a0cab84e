namespace PushPruner.Ports;

/// <summary>What is left of a manifest that went: the audit trail, and the answer to "where did it go".</summary>
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

    /// <summary>True when nobody here deleted it, or nobody is known to have: such a tombstone gives way to one that knows why.</summary>
    public bool IsFoundGone { get; init; }

    /// <summary>The request that deleted it or found it gone.</summary>
    public required string RequestId { get; init; }
}
