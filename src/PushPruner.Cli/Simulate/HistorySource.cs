using PushPruner.Adapters;
using PushPruner.Cli.Layers;
using PushPruner.Cli.Output;
using PushPruner.Cli.Saved;
using PushPruner.Cli.Snapshots;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Cli.Simulate;

/// <summary>What a history of pushes would have left, had nothing been deleted.</summary>
sealed class HistorySource(PushHistory history, IReadOnlyList<string> named, RepositoryFilter filter, TimeProvider clock) : ISource
{
    readonly SavedListing listing = history.Listing;
    readonly SavedRegistry registry = new(history.Listing);

    public string Title => $"From a history of pushes to {TextFormat.Count(listing.Repositories.Count, "repository", "repositories")}.";

    public RegistryPlace Place => new(Account: null, Region: null);

    public bool IsReadingAPull => false;

    public IReadOnlyList<string> Notes
    {
        get
        {
            const string again = "What is pushed again is taken to have been there until then, whatever the policy.";
            return history.Unsized == 0
                ? [again]
                : [again, $"An event doesn't say how large an image is: {TextFormat.Count(history.Unsized, "image")} count as 0 bytes."];
        }
    }

    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>(
        named.Count > 0 ? named : [.. listing.Repositories.Keys.Where(filter.Serves).Order(StringComparer.Ordinal)]);

    public Task<IRegistry> RegistryOfAsync(string repository, CancellationToken cancellationToken) => Task.FromResult<IRegistry>(registry);

    public async Task<IManifestIndex> IndexOfAsync(string repository, CancellationToken cancellationToken)
    {
        var index = new InMemoryIndex(clock);
        foreach (var row in history.RowsOf(repository))
            await index.TryWriteAsync(repository, row, cancellationToken);
        return index;
    }

    public Task<BlobMounting> ReadBlobMountingAsync(CancellationToken cancellationToken) => Task.FromResult(BlobMounting.Unknown);

    public void Dispose()
    {
    }
}
