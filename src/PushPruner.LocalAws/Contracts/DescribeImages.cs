namespace PushPruner.LocalAws;

public sealed record DescribeImagesCall : EcrCall<DescribeImagesAnswer>
{
    public override string Operation => "DescribeImages";

    /// <summary>1 to 100, without a token and without maxResults.</summary>
    public IReadOnlyList<EcrImageId>? ImageIds { get; init; }

    public string? NextToken { get; init; }

    /// <summary>1 to 1000, 100 when null.</summary>
    public int? MaxResults { get; init; }

    public ImageFilter? Filter { get; init; }

    internal override int IdCount => ImageIds?.Count ?? 0;

    internal override DescribeImagesAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}

public sealed record DescribeImagesAnswer
{
    /// <summary>In no useful order: ECR documents none.</summary>
    public required IReadOnlyList<ImageDetail> ImageDetails { get; init; }

    public string? NextToken { get; init; }
}
