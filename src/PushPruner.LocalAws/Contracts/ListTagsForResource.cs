namespace PushPruner.LocalAws;

public sealed record ListTagsForResourceCall : EcrCall<ListTagsForResourceAnswer>
{
    public override string Operation => "ListTagsForResource";

    public string? ResourceArn { get; init; }

    internal override string? Target => RepositoryArn.NameIn(ResourceArn);

    internal override ListTagsForResourceAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}

public sealed record ListTagsForResourceAnswer
{
    public required IReadOnlyList<ResourceTag> Tags { get; init; }
}
