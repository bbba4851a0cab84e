namespace PushPruner.LocalAws;

public sealed record BatchGetImageCall : EcrCall<BatchGetImageAnswer>
{
    public override string Operation => "BatchGetImage";

    /// <summary>1 to 100.</summary>
    public IReadOnlyList<EcrImageId>? ImageIds { get; init; }

    public IReadOnlyList<string>? AcceptedMediaTypes { get; init; }

    /// <summary>Whether it counts as a pull. Only a request for headers alone does not.</summary>
    internal bool IsPull { get; init; } = true;

    internal override int IdCount => ImageIds?.Count ?? 0;

    internal override BatchGetImageAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}

public sealed record BatchGetImageAnswer
{
    public required IReadOnlyList<ImageRecord> Images { get; init; }

    public required IReadOnlyList<ImageFailure> Failures { get; init; }
}
