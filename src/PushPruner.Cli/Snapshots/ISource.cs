using PushPruner.Cli.Saved;

namespace PushPruner.Cli.Snapshots;

/// <summary>Where surveys come from: a registry at AWS, or one that was saved.</summary>
interface ISource : IDisposable
{
    /// <summary>Of the registry those that are asked for, in the order in which they are told.</summary>
    Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken);

    /// <exception cref="NoSuchRepositoryException">There is no such repository, as far as it was asked.</exception>
    Task<IRegistry> RegistryOfAsync(string repository, CancellationToken cancellationToken);

    /// <summary>What is remembered of a repository beside ECR's word. Nobody writes to it.</summary>
    Task<IManifestIndex> IndexOfAsync(string repository, CancellationToken cancellationToken);

    /// <summary>Whether repositories share layers; unknown where nobody can say.</summary>
    Task<BlobMounting> ReadBlobMountingAsync(CancellationToken cancellationToken);

    /// <summary>What it is, in a sentence; known once a repository was asked for.</summary>
    string? Title { get; }

    /// <summary>Which registry it is, as far as that is known; known once a repository was asked for.</summary>
    RegistryPlace Place { get; }

    /// <summary>Whether the reading of a manifest is recorded as a pull of it.</summary>
    bool IsReadingAPull { get; }

    /// <summary>
    /// What whoever reads a result has to know of where it comes from; a sentence each, complete once all repositories were asked for.
    /// </summary>
    IReadOnlyList<string> Notes { get; }
}

/// <summary>Of a registry what is known of where it is; null for what isn't.</summary>
sealed record RegistryPlace(string? Account, string? Region);

/// <summary>A registry that a listing describes; nothing is asked of anybody.</summary>
abstract class ListingSource(SavedListing listing, IReadOnlyList<string> named, RepositoryFilter filter) : ISource
{
    readonly SavedRegistry registry = new(listing);

    public abstract string? Title { get; }

    public RegistryPlace Place => new(listing.RegistryId, Region: null);

    public bool IsReadingAPull => false;

    public abstract IReadOnlyList<string> Notes { get; }

    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>(
        named.Count > 0 ? named : [.. listing.Repositories.Keys.Where(filter.Serves).Order(StringComparer.Ordinal)]);

    public Task<IRegistry> RegistryOfAsync(string repository, CancellationToken cancellationToken) => Task.FromResult<IRegistry>(registry);

    public abstract Task<IManifestIndex> IndexOfAsync(string repository, CancellationToken cancellationToken);

    public Task<BlobMounting> ReadBlobMountingAsync(CancellationToken cancellationToken) => Task.FromResult(listing.BlobMounting);

    public void Dispose()
    {
    }
}
