using PushPruner.Adapters;
using PushPruner.Cli.Saved;

namespace PushPruner.Cli.Simulate;

/// <summary>What a history of pushes would have left, had nothing been deleted.</summary>
sealed class HistorySource(
    PushHistory history, SavedListing listing, IReadOnlyList<string> named, RepositoryFilter filter, TimeProvider clock)
    : ListingSource(listing, named, filter)
{
    readonly int repositories = listing.Repositories.Count;

    public override string Title => $"From a history of pushes to {TextFormat.Repositories(repositories)}.";

    public override IReadOnlyList<string> Notes
    {
        get
        {
            const string again = "What is pushed again is taken to have been there until then, whatever the policy.";
            return history.Unsized == 0
                ? [again]
                : [again, $"An event doesn't say how large an image is: {TextFormat.Images(history.Unsized)} count as 0 bytes."];
        }
    }

    public override async Task<IManifestIndex> IndexOfAsync(string repository, CancellationToken cancellationToken)
    {
        var index = new InMemoryIndex(clock);
        foreach (var row in history.RowsOf(repository))
            await index.TryWriteAsync(repository, row, cancellationToken);
        return index;
    }
}
