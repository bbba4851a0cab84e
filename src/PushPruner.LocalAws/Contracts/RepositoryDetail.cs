namespace PushPruner.LocalAws;

public sealed record RepositoryDetail
{
    public required string RepositoryArn { get; init; }

    public required string RegistryId { get; init; }

    public required string RepositoryName { get; init; }

    public required string RepositoryUri { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string ImageTagMutability { get; init; }

    public IReadOnlyList<MutabilityExclusion>? ImageTagMutabilityExclusionFilters { get; init; }

    public ScanningConfiguration ImageScanningConfiguration { get; init; } = new();

    public EncryptionConfiguration EncryptionConfiguration { get; init; } = new();
}
