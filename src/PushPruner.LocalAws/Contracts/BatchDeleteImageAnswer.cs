namespace PushPruner.LocalAws;

public sealed record BatchDeleteImageAnswer
{
    public required IReadOnlyList<EcrImageId> ImageIds { get; init; }

    public required IReadOnlyList<ImageFailure> Failures { get; init; }
}
