using PushPruner.Aws;
using PushPruner.Aws.Ecr;

namespace PushPruner.Cli.Registries;

/// <summary>The registry, and those of its repositories that are asked for.</summary>
/// <param name="named">In this order; none means all that <paramref name="filter"/> serves.</param>
sealed class RepositorySelection(AwsAccess aws, IReadOnlyList<string> named, RepositoryFilter filter)
{
    const int PageSize = 1_000;

    /// <summary>Null as long as no repository has told.</summary>
    public RegistryHome? Home { get; private set; }

    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        if (named.Count > 0)
            return named;

        Home = await RegistryLocator.FindAsync(aws.Ecr, cancellationToken);
        if (Home is null)
            return [];

        var registry = new EcrRegistry(aws.Ecr, Home);
        var names = new HashSet<string>(StringComparer.Ordinal);
        string? next = null;
        do
        {
            var page = await registry.ListRepositoriesAsync(next, PageSize, cancellationToken);
            names.UnionWith(page.Names.Where(filter.Serves));
            next = page.Next;
        }
        while (next is not null);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <exception cref="NoSuchRepositoryException">There is no such repository, as far as it was asked.</exception>
    public async Task<IRegistry> RegistryOfAsync(string repository)
    {
        Home ??= await RegistryLocator.FindAsync(aws.Ecr, repository, CancellationToken.None);
        return new EcrRegistry(aws.Ecr, Home);
    }
}
