namespace PushPruner.LocalAws;

public sealed record DescribeImagesAnswer
{
    /// <summary>In no useful order: ECR documents none.</summary>
    public required IReadOnlyList<ImageDetail> ImageDetails { get; init; }

    public string? NextToken { get; init; }
}
