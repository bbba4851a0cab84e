namespace PushPruner.Ports;

/// <summary>What the index holds of a repository as a whole. That there is one means that the repository was once listed in full.</summary>
public sealed record RepositoryState
{
    /// <summary>When the last complete listing began; null if there was none.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>
    /// Set when a listing could not end in the function's time: pushes are answered deferred at once until a reconcile has run.
    /// </summary>
    public DateTimeOffset? DeferredAt { get; init; }

    /// <summary>
    /// A manifest list of the repository that can't be read; null when all could. While there is one, any untagged manifest that it may
    /// name is neither counted nor deleted. A listing clears it.
    /// </summary>
    public UnreadableList? Unreadable { get; init; }

    /// <summary>
    /// Set when a run found more to delete than it may: under what policy and limit. Until a listing has counted again, or either has
    /// changed, no push deletes anything here: what an event puts in doubt or spares would otherwise make too many look like few enough.
    /// </summary>
    public string? HaltedUnder { get; init; }

    /// <summary>The repository's overrides when last read, to know where to look. They are read again before every delete.</summary>
    public RepositoryOverrides Overrides { get; init; } = RepositoryOverrides.None;

    /// <summary>Until when pushes take a lease to prune, because concurrent pushes were seen to contend; null if they were not.</summary>
    public DateTimeOffset? ContendedUntil { get; init; }

    public long Revision { get; init; } = IndexRow.Unwritten;
}
