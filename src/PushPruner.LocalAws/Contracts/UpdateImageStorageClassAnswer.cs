namespace PushPruner.LocalAws;

public sealed record UpdateImageStorageClassAnswer
{
    public required string RegistryId { get; init; }

    public required string RepositoryName { get; init; }

    public required EcrImageId ImageId { get; init; }

    public required string ImageStatus { get; init; }
}
