namespace PushPruner.LocalAws;

public sealed record ImageFailure
{
    public required EcrImageId ImageId { get; init; }

    public required string FailureCode { get; init; }

    public required string FailureReason { get; init; }
}
