namespace PushPruner.LocalAws;

/// <summary>A manifest and its digest, ready to be put or seeded.</summary>
public sealed record LocalManifest
{
    /// <summary>The exact text. <see cref="Digest"/> is the hash of its UTF-8 bytes.</summary>
    public required string Text { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Of config and layers, as ECR counts; 0 for a manifest list.</summary>
    public required long SizeInBytes { get; init; }

    /// <summary>What a manifest list says about it: "linux/amd64", or "unknown/unknown" for an attestation. Null for none.</summary>
    public string? Platform { get; init; }

    /// <summary>The image that an attestation is about.</summary>
    public string? AttestationOf { get; init; }

    public string? ArtifactType { get; init; }

    public string Digest => field ??= ManifestFacts.DigestOf(Text);

    /// <summary>The tag that the referrers tag schema has for what refers to this.</summary>
    public string ReferrersTag => Digest.Replace(':', '-');

    /// <summary>The tag by which cosign finds what it attached to this.</summary>
    /// <param name="kind">sig, att or sbom.</param>
    public string CosignTag(string kind) => $"{ReferrersTag}.{kind}";

    public PutImageCall Put(string repository, string? tag = null) =>
        new() { RepositoryName = repository, ImageManifest = Text, ImageManifestMediaType = MediaType, ImageTag = tag };

    /// <summary>As an image of the past.</summary>
    public SeededImage At(DateTimeOffset pushedAt, params IReadOnlyList<string> tags) => new()
    {
        Manifest = Text,
        Tags = tags,
        PushedAt = pushedAt,
        SizeInBytes = SizeInBytes,
        MediaType = MediaType,
    };
}
