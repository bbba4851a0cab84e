namespace PushPruner.LocalAws;

/// <summary>What the model calls an ImageIdentifier: a digest, a tag, or both.</summary>
public sealed record EcrImageId
{
    public string? ImageDigest { get; init; }

    public string? ImageTag { get; init; }

    public static EcrImageId Digest(string digest) => new() { ImageDigest = digest };

    public static EcrImageId Tag(string tag) => new() { ImageTag = tag };

    public static EcrImageId Pair(string digest, string tag) => new() { ImageDigest = digest, ImageTag = tag };
}
