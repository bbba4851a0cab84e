namespace PushPruner.Policies;

/// <summary>Which repositories are served. An exclusion always wins; exclusions alone mean everything else.</summary>
public sealed record RepositoryFilter(WildcardSet Included, WildcardSet Excluded)
{
    public static RepositoryFilter All { get; } = new(WildcardSet.Of("*"), WildcardSet.None);

    public bool Serves(string repository) =>
        Excluded.FirstMatch(repository) is null && Included.FirstMatch(repository) is not null;
}
