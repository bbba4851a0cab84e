namespace PushPruner.LocalAws;

/// <summary>What the model calls an ImageIdentifier: a digest, a tag, or both.</summary>
public sealed record ImageId
{
    public string? ImageDigest { get; init; }

    public string? ImageTag { get; init; }

    public static ImageId Digest(string digest) => new() { ImageDigest = digest };

    public static ImageId Tag(string tag) => new() { ImageTag = tag };

    public static ImageId Pair(string digest, string tag) => new() { ImageDigest = digest, ImageTag = tag };
}
