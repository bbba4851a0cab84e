namespace PushPruner.LocalAws;

/// <summary>What the model calls an Image: an id with its manifest.</summary>
public sealed record ImageRecord
{
    public required string RegistryId { get; init; }

    public required string RepositoryName { get; init; }

    public required EcrImageId ImageId { get; init; }

    public required string ImageManifest { get; init; }

    public required string ImageManifestMediaType { get; init; }
}
