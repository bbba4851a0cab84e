namespace PushPruner.Cli.Tests.Reconcile;

/// <summary>Nothing else runs in the process meanwhile: for what it holds in memory.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneRepository
{
    public const string Name = "alone";
}
