namespace PushPruner;

/// <summary>
/// What ECR says of one manifest: anything with a digest in a repository. It may be an image, a member of an index, or a referrer;
/// see <see cref="Rules.Classification"/>.
/// </summary>
public sealed record Manifest
{
    public required Digest Digest { get; init; }

    /// <summary>Its tags; empty if it is untagged.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>ECR's <c>imagePushedAt</c>. A retag doesn't move it. Null when ECR gave none.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>When it was last restored from the archive; null when it never was.</summary>
    public DateTimeOffset? LastActivatedAt { get; init; }

    /// <summary>The last pull that ECR recorded; may lag a day. Null when it was never pulled.</summary>
    public DateTimeOffset? LastPulledAt { get; init; }

    /// <summary>Compressed size as ECR gives it; layers that images share are counted in each.</summary>
    public long Bytes { get; init; }

    /// <summary>What it takes by itself: an index nothing, for ECR gives it the size of its largest member.</summary>
    public long OwnBytes => MediaTypes.IsManifestList(MediaType) ? 0 : Bytes;

    /// <summary>The media type of the manifest; null when ECR gave none.</summary>
    public string? MediaType { get; init; }

    /// <summary>
    /// ECR's <c>artifactMediaType</c>: the media type of the config, or the artifact type; null when ECR gave none, as for a manifest list.
    /// </summary>
    public string? ArtifactMediaType { get; init; }

    /// <summary>ECR's <c>subjectManifestDigest</c>: what this manifest refers to, when it is an OCI 1.1 referrer.</summary>
    public Digest? Subject { get; init; }

    public ManifestStatus Status { get; init; } = ManifestStatus.Active;
}
