namespace PushPruner.LocalAws;

public sealed record TagResourceCall : EcrCall<EmptyAnswer>
{
    public override string Operation => "TagResource";

    public string? ResourceArn { get; init; }

    public IReadOnlyList<ResourceTag>? Tags { get; init; }

    internal override string? Target => RepositoryArn.NameIn(ResourceArn);

    internal override EmptyAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}
