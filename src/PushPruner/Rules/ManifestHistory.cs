namespace PushPruner.Rules;

/// <summary>What only the index remembers of a manifest, because ECR can't say it, or not without being read.</summary>
public sealed record ManifestHistory
{
    public static ManifestHistory None { get; } = new();

    /// <summary>
    /// True when a newer version of this product wrote the row: what it remembers isn't known here, and the manifest is kept in doubt. Such
    /// a row is left as it is.
    /// </summary>
    public bool IsOfNewerVersion { get; init; }

    /// <summary>The <c>time</c> of the last push event that named this digest: a promotion, when it came after the push.</summary>
    public DateTimeOffset? PromotedAt { get; init; }

    /// <summary>The push time for which this manifest was proven to be an image. A re-push needs a new proof.</summary>
    public DateTimeOffset? ProvenFor { get; init; }

    /// <summary>The indexes that name this manifest, as far as they have been read or ECR gave them when it refused a delete.</summary>
    public DigestSet Owners { get; init; } = DigestSet.Empty;

    /// <summary>True once an index named it. When none does any more it is a left-over: never ranked, unless it has a tag.</summary>
    public bool WasMember { get; init; }

    /// <summary>True once it had a signature's tag and no other. Without its tag it is no image, and ECR can't say so.</summary>
    public bool WasReferrer { get; init; }

    /// <summary>What an index names; null for a manifest that is no index, or that has not been read or can't be.</summary>
    public DigestSet? Members { get; init; }

    /// <summary>The referrers that name this manifest as their subject, as far as their pushes were seen.</summary>
    public DigestSet Referrers { get; init; } = DigestSet.Empty;

    /// <summary>What is kept and deleted together with the manifest, as far as it says: its members and its referrers.</summary>
    public IEnumerable<Digest> Followers() => (Members ?? DigestSet.Empty).Concat(Referrers);

    /// <summary>
    /// What its own bytes say it is, see <see cref="Rules.Kind"/>; null when they were not read, or when a former version read them and did
    /// not note it.
    /// </summary>
    public string? Kind { get; init; }

    /// <summary>
    /// True for a referrer by tag whose subject was once in the repository and is gone: a tombstone proves it only for a time.
    /// </summary>
    public bool HasLostSubject { get; init; }

    /// <summary>When the product read the manifest itself: ECR counts that as a pull, the rule doesn't.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>The last pull that ECR knew of before that read.</summary>
    public DateTimeOffset? PulledBefore { get; init; }
}
