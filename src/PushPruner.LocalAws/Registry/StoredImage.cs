namespace PushPruner.LocalAws;

sealed class StoredImage(string digest)
{
    static readonly SortedSet<string> NoTags = [];

    SortedSet<string>? tags;

    internal string Digest { get; } = digest;

    internal IReadOnlyCollection<string> Tags => tags ?? NoTags;

    internal DateTimeOffset? PushedAt { get; set; }

    internal long? SizeInBytes { get; init; }

    internal string? MediaType { get; init; }

    internal string? ArtifactMediaType { get; init; }

    internal string? SubjectDigest { get; init; }

    /// <summary>The exact text; null where an image was seeded without.</summary>
    internal string? Manifest { get; init; }

    internal IReadOnlyList<string> Members { get; init; } = [];

    internal DateTimeOffset? LastPulledAt { get; set; }

    internal string Status { get; set; } = "ACTIVE";

    internal DateTimeOffset? LastArchivedAt { get; set; }

    internal DateTimeOffset? LastActivatedAt { get; set; }

    internal bool IsIndex => Members.Count > 0 || MediaType is ManifestMediaTypes.OciIndex or ManifestMediaTypes.DockerList;

    internal void AddTag(string tag) => (tags ??= new(StringComparer.Ordinal)).Add(tag);

    internal void RemoveTag(string tag) => tags?.Remove(tag);

    internal bool Passes(ImageFilter? filter) =>
        filter?.ImageStatus is { } status
            ? PassesTagStatus(filter) && (status is "ANY" || string.Equals(status, Status, StringComparison.Ordinal))
            // Without a status in the filter only active images are answered.
            : PassesTagStatus(filter) && Status is "ACTIVE";

    bool PassesTagStatus(ImageFilter? filter) => filter?.TagStatus switch
    {
        "TAGGED" => Tags.Count > 0,
        "UNTAGGED" => Tags.Count == 0,
        _ => true,
    };
}
