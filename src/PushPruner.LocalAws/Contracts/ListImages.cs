namespace PushPruner.LocalAws;

public sealed record ListImagesCall : EcrCall<ListImagesAnswer>
{
    public override string Operation => "ListImages";

    public string? NextToken { get; init; }

    /// <summary>1 to 1000, 100 when null.</summary>
    public int? MaxResults { get; init; }

    public ImageFilter? Filter { get; init; }

    internal override ListImagesAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}

public sealed record ListImagesAnswer
{
    /// <summary>One for each tag; an untagged image has one with its digest alone.</summary>
    public required IReadOnlyList<EcrImageId> ImageIds { get; init; }

    public string? NextToken { get; init; }
}
