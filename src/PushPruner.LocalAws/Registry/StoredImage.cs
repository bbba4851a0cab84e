namespace PushPruner.LocalAws;

sealed class StoredImage(string digest)
{
    static readonly SortedSet<string> NoTags = [];

    SortedSet<string>? tags;
    TagHistory? history;

    internal string Digest { get; } = digest;

    internal IReadOnlyCollection<string> Tags => tags ?? NoTags;

    internal DateTimeOffset? PushedAt { get; set; }

    /// <summary>When it came by a call, by the registry's clock; null for what was always there.</summary>
    internal DateTimeOffset? ArrivedAt { get; init; }

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

    internal bool IsManifestList =>
        Members.Count > 0 || MediaType is ManifestMediaTypes.OciManifestList or ManifestMediaTypes.DockerManifestList;

    internal IReadOnlyCollection<string> TagsAt(DateTimeOffset at) => history?.At(at, Tags) ?? Tags;

    /// <param name="tag">The tag.</param>
    /// <param name="at">Null when it was always there.</param>
    internal void AddTag(string tag, DateTimeOffset? at)
    {
        (tags ??= new(StringComparer.Ordinal)).Add(tag);
        if (at is { } now)
            (history ??= new()).Gain(tag, now);
    }

    /// <summary>Another image has it from now on.</summary>
    internal void LoseTag(string tag, DateTimeOffset? at)
    {
        tags?.Remove(tag);
        if (at is { } now)
            (history ??= new()).Move(tag, now);
    }

    internal void RemoveTag(string tag)
    {
        tags?.Remove(tag);
        history?.Forget(tag);
    }

    internal bool Passes(ImageFilter? filter, int tagCount) =>
        filter?.ImageStatus is { } status
            ? PassesTagStatus(filter, tagCount) && (status is "ANY" || string.Equals(status, Status, StringComparison.Ordinal))
            // Without a status in the filter only active images are answered.
            : PassesTagStatus(filter, tagCount) && Status is "ACTIVE";

    static bool PassesTagStatus(ImageFilter? filter, int tagCount) => filter?.TagStatus switch
    {
        "TAGGED" => tagCount > 0,
        "UNTAGGED" => tagCount == 0,
        _ => true,
    };
}
