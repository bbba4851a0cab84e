namespace PushPruner.LocalAws;

public sealed record UpdateImageStorageClassCall : EcrCall<UpdateImageStorageClassAnswer>
{
    public override string Operation => "UpdateImageStorageClass";

    public EcrImageId? ImageId { get; init; }

    /// <summary>STANDARD restores, ARCHIVE archives.</summary>
    public string? TargetStorageClass { get; init; }

    internal override int IdCount => 1;

    internal override UpdateImageStorageClassAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}

public sealed record UpdateImageStorageClassAnswer
{
    public required string RegistryId { get; init; }

    public required string RepositoryName { get; init; }

    public required EcrImageId ImageId { get; init; }

    public required string ImageStatus { get; init; }
}
