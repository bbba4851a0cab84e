namespace PushPruner.LocalAws;

public sealed record ListImagesAnswer
{
    /// <summary>One for each tag; an untagged image has one with its digest alone.</summary>
    public required IReadOnlyList<EcrImageId> ImageIds { get; init; }

    public string? NextToken { get; init; }
}
