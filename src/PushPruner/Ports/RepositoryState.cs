using PushPruner.Policies;

namespace PushPruner.Ports;

/// <summary>What the index holds of a repository as a whole. That there is one means that the repository was once listed in full.</summary>
public sealed record RepositoryState
{
    /// <summary>When the listing began that the index was last set right by; null when that was given up.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>Set when a listing could not end in the function's time: pushes say so at once until a reconcile has run.</summary>
    public DateTimeOffset? DeferredAt { get; init; }

    /// <summary>
    /// An index of the repository that can't be read; null when all could. While there is one, any untagged manifest may be a part of it, and is
    /// neither counted nor deleted. A listing sets it right.
    /// </summary>
    public Digest? Unreadable { get; init; }

    /// <summary>The repository's overrides when last read, to know where to look. They are read again before every delete.</summary>
    public RepositoryOverrides Overrides { get; init; } = RepositoryOverrides.None;

    /// <summary>Until when pushes take turns at pruning, for they were seen to get in each other's way; null, as a rule, when they don't.</summary>
    public DateTimeOffset? CrowdedUntil { get; init; }

    public long Revision { get; init; } = IndexRow.Unwritten;
}
