namespace PushPruner.LocalAws;

public sealed record BatchDeleteImageAnswer
{
    public required IReadOnlyList<ImageId> ImageIds { get; init; }

    public required IReadOnlyList<ImageFailure> Failures { get; init; }
}
