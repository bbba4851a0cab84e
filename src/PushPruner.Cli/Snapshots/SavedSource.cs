using PushPruner.Cli.Layers;
using PushPruner.Cli.Output;
using PushPruner.Cli.Saved;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Cli.Snapshots;

/// <summary>Listings that were saved; nothing is asked of anybody.</summary>
sealed class SavedSource(SavedListing saved, IReadOnlyList<string> named, RepositoryFilter filter, TimeProvider clock) : ISource
{
    readonly SavedRegistry registry = new(saved);
    readonly Dictionary<string, (int Indexes, int Members, int Images)> assumed = new(StringComparer.Ordinal);

    public string? Title => $"From a saved listing of {TextFormat.Count(saved.Repositories.Count, "repository", "repositories")}.";

    public RegistryPlace Place => new(saved.RegistryId, Region: null);

    public bool IsReadingAPull => false;

    public IReadOnlyList<string> Notes
    {
        get
        {
            var notes = new List<string>();
            var (indexes, members, images) = (
                assumed.Values.Sum(a => a.Indexes), assumed.Values.Sum(a => a.Members), assumed.Values.Sum(a => a.Images));
            if (indexes > 0)
            {
                notes.Add(
                    $"A listing doesn't say what an index names: of {TextFormat.Count(indexes, "index", "indexes")}, the {TextFormat.Count(members, "untagged manifest")}"
                        + " pushed in the hour before are taken for the members. The function reads each index; give what "
                        + "batch-get-image printed as well, and nothing is guessed.");
            }

            if (images > 0)
            {
                notes.Add(
                    $"A listing doesn't say what an untagged manifest is: {TextFormat.Count(images, "untagged manifest")} {(images == 1 ? "counts as an image" : "count as images")}."
                        + " The function reads each; save what batch-get-image prints of them as well, and nothing is assumed.");
            }

            if (saved.Scattered is [var first, ..])
            {
                var others = saved.Scattered.Count > 1 ? $" and {TextFormat.Number(saved.Scattered.Count - 1)} more stand" : " stands";
                notes.Add($"{first}{others} in more than one file: what was deleted between them is counted as if it were still there.");
            }

            if (saved.WithoutMediaType > 0)
            {
                notes.Add(
                    $"{TextFormat.Count(saved.WithoutMediaType, "manifest")} in the listing {(saved.WithoutMediaType == 1 ? "has" : "have")} no imageManifestMediaType, so the rule keeps"
                        + " them. Older versions of the AWS CLI leave it out: save the listing again with a newer one.");
            }

            if (saved.IsZoneMissing)
                notes.Add("Some times in the listing have no zone, and were read as UTC.");
            notes.Add(
                "A listing has neither a repository's own tags (pushpruner:...) nor what the stack's table remembers, such as promotions.");
            return notes;
        }
    }

    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>(
        named.Count > 0 ? named : [.. saved.Repositories.Keys.Where(filter.Serves).Order(StringComparer.Ordinal)]);

    public Task<IRegistry> RegistryOfAsync(string repository, CancellationToken cancellationToken) => Task.FromResult<IRegistry>(registry);

    public async Task<IManifestIndex> IndexOfAsync(string repository, CancellationToken cancellationToken)
    {
        if (!saved.Repositories.TryGetValue(repository, out var manifests))
            throw new NoSuchRepositoryException(repository);

        var members = AssumedMembers.Of(manifests, saved.Texts.ContainsKey);
        var images = AssumedMembers.ImagesAmong(manifests, members, saved.Texts);
        assumed[repository] = (members.Count, members.Sum(m => m.Value.Count), images.Count);
        var guess = members.Select(m => (m.Key, (DigestSet?)m.Value)).Concat(images.Select(digest => (digest, (DigestSet?)null)));
        return await AssumedMembers.RememberAsync(repository, manifests, guess, clock, cancellationToken);
    }

    public Task<BlobMounting> ReadBlobMountingAsync(CancellationToken cancellationToken) => Task.FromResult(saved.BlobMounting);

    public void Dispose()
    {
    }
}
