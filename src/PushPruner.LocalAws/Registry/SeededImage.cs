namespace PushPruner.LocalAws;

/// <summary>
/// An image to place as it is, without a push: for histories, replays of events and recorded listings. Nothing is checked
/// but that the digest is new, and no event is sent.
/// </summary>
public sealed record SeededImage
{
    /// <summary>When null it is the digest of <see cref="Manifest"/>.</summary>
    public string? Digest { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public DateTimeOffset? PushedAt { get; init; }

    public long? SizeInBytes { get; init; }

    /// <summary>When null it is what <see cref="Manifest"/> says, if given.</summary>
    public string? MediaType { get; init; }

    public string? ArtifactMediaType { get; init; }

    public string? SubjectDigest { get; init; }

    public DateTimeOffset? LastRecordedPullTime { get; init; }

    /// <summary>ACTIVE, ARCHIVED or ACTIVATING.</summary>
    public string Status { get; init; } = "ACTIVE";

    public DateTimeOffset? LastArchivedAt { get; init; }

    public DateTimeOffset? LastActivatedAt { get; init; }

    /// <summary>The manifest's text. Without one BatchGetImage answers with the failure ImageInaccessible.</summary>
    public string? Manifest { get; init; }

    /// <summary>The members of this manifest list; if null, those that <see cref="Manifest"/> names.</summary>
    public IReadOnlyList<string>? Members { get; init; }
}
