namespace PushPruner.LocalAws;

public sealed record UntagResourceCall : EcrCall<EmptyAnswer>
{
    public override string Operation => "UntagResource";

    public string? ResourceArn { get; init; }

    public IReadOnlyList<string>? TagKeys { get; init; }

    internal override string? Target => RepositoryArn.NameIn(ResourceArn);

    internal override EmptyAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}
