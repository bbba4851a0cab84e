using PushPruner.Rules;

namespace PushPruner.Ports;

/// <summary>What the index holds of one manifest: ECR's word when it was last heard, what only the index remembers, and its places.</summary>
public sealed record IndexRow
{
    /// <summary>The revision of a row that has not been written yet.</summary>
    public const long Unwritten = 0;

    public required Digest Digest { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public DateTimeOffset? PushedAt { get; init; }

    public long Bytes { get; init; }

    public Memory Memory { get; init; } = Memory.None;

    /// <summary>Its place in the window: the push time of a proven image. Null takes no place.</summary>
    public DateTimeOffset? RankedAt { get; init; }

    /// <summary>Its place among the possible candidates: the instant from which X counts. Null takes no place.</summary>
    public DateTimeOffset? DueFrom { get; init; }

    /// <summary>Changes with every write, and never comes back for the same digest.</summary>
    public long Revision { get; init; } = Unwritten;

    /// <summary>True when writing <paramref name="other"/> over this row would change nothing.</summary>
    public bool SaysTheSameAs(IndexRow other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Tags = [], Revision = 0 } == other with { Tags = [], Revision = 0 } && Tags.SequenceEqual(other.Tags, StringComparer.Ordinal);
    }
}
