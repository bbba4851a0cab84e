namespace PushPruner.LocalAws;

public sealed record CreateRepositoryCall : EcrCall<RepositoryAnswer>
{
    public override string Operation => "CreateRepository";

    public IReadOnlyList<ResourceTag>? Tags { get; init; }

    /// <summary>MUTABLE (the default), IMMUTABLE, or one of the two WITH_EXCLUSION.</summary>
    public string? ImageTagMutability { get; init; }

    public IReadOnlyList<MutabilityExclusion>? ImageTagMutabilityExclusionFilters { get; init; }

    internal override RepositoryAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}
