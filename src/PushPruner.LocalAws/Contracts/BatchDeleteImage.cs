namespace PushPruner.LocalAws;

public sealed record BatchDeleteImageCall : EcrCall<BatchDeleteImageAnswer>
{
    public override string Operation => "BatchDeleteImage";

    /// <summary>1 to 100.</summary>
    public IReadOnlyList<EcrImageId>? ImageIds { get; init; }

    internal override int IdCount => ImageIds?.Count ?? 0;

    internal override BatchDeleteImageAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}

public sealed record BatchDeleteImageAnswer
{
    public required IReadOnlyList<EcrImageId> ImageIds { get; init; }

    public required IReadOnlyList<ImageFailure> Failures { get; init; }
}
