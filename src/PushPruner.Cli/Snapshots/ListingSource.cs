using PushPruner.Cli.Layers;
using PushPruner.Cli.Saved;
using PushPruner.Ports;

namespace PushPruner.Cli.Snapshots;

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
