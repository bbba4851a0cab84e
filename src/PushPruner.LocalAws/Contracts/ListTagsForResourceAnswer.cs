namespace PushPruner.LocalAws;

public sealed record ListTagsForResourceAnswer
{
    public required IReadOnlyList<ResourceTag> Tags { get; init; }
}
