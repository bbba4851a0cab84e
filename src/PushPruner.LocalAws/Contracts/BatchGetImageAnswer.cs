namespace PushPruner.LocalAws;

public sealed record BatchGetImageAnswer
{
    public required IReadOnlyList<ImageRecord> Images { get; init; }

    public required IReadOnlyList<ImageFailure> Failures { get; init; }
}
