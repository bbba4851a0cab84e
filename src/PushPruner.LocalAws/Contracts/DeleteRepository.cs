namespace PushPruner.LocalAws;

public sealed record DeleteRepositoryCall : EcrCall<RepositoryAnswer>
{
    public override string Operation => "DeleteRepository";

    /// <summary>Deletes the images too.</summary>
    public bool Force { get; init; }

    internal override RepositoryAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}
