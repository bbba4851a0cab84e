namespace PushPruner.LocalAws;

public sealed record ImageFailure
{
    public required ImageId ImageId { get; init; }

    public required string FailureCode { get; init; }

    public required string FailureReason { get; init; }
}
