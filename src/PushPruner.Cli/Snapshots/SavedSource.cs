using PushPruner.Cli.Saved;

namespace PushPruner.Cli.Snapshots;

/// <summary>Listings that were saved.</summary>
sealed class SavedSource(SavedListing saved, IReadOnlyList<string> named, RepositoryFilter filter, TimeProvider clock)
    : ListingSource(saved, named, filter)
{
    readonly SavedListing saved = saved;
    readonly Dictionary<string, (int Indexes, int Members, int Images)> assumed = new(StringComparer.Ordinal);

    public override string? Title => $"From a saved listing of {TextFormat.Repositories(saved.Repositories.Count)}.";

    public override IReadOnlyList<string> Notes
    {
        get
        {
            var notes = new List<string>();
            var (indexes, members, images) = (
                assumed.Values.Sum(a => a.Indexes), assumed.Values.Sum(a => a.Members), assumed.Values.Sum(a => a.Images));
            if (indexes > 0)
            {
                notes.Add(
                    $"A listing doesn't say what an index names: of {TextFormat.Count(indexes, "index", "indexes")}, the "
                        + $"{TextFormat.Count(members, "untagged manifest")} pushed in the hour before are taken for the members. "
                        + "The function reads each index; give what batch-get-image printed as well, and nothing is guessed.");
            }

            if (images > 0)
            {
                var count = images == 1 ? "counts as an image" : "count as images";
                notes.Add(
                    $"A listing doesn't say what an untagged manifest is: {TextFormat.Count(images, "untagged manifest")} {count}."
                        + " The function reads each; save what batch-get-image prints of them as well, and nothing is assumed.");
            }

            if (saved.Scattered is [var first, ..])
            {
                var others = saved.Scattered.Count > 1 ? $"{TextFormat.AndMore(saved.Scattered.Count - 1)} stand" : " stands";
                notes.Add($"{first}{others} in more than one file: what was deleted between them is counted as if it were still there.");
            }

            if (saved.WithoutMediaType > 0)
            {
                var verb = saved.WithoutMediaType == 1 ? "has" : "have";
                notes.Add(
                    $"{TextFormat.Manifests(saved.WithoutMediaType)} in the listing {verb} no imageManifestMediaType, so the rule keeps"
                        + " them. Older versions of the AWS CLI leave it out: save the listing again with a newer one.");
            }

            if (saved.IsZoneMissing)
                notes.Add("Some times in the listing have no zone, and were read as UTC.");
            notes.Add(
                "A listing has neither a repository's own tags (pushpruner:...) nor what the stack's table remembers, such as promotions.");
            return notes;
        }
    }

    public override async Task<IManifestIndex> IndexOfAsync(string repository, CancellationToken cancellationToken)
    {
        if (!saved.Repositories.TryGetValue(repository, out var manifests))
            throw new NoSuchRepositoryException(repository);

        var members = AssumedMembers.Of(manifests, saved.Texts.ContainsKey);
        var images = AssumedMembers.ImagesAmong(manifests, members, saved.Texts);
        assumed[repository] = (members.Count, members.Sum(m => m.Value.Count), images.Count);
        var guess = members.Select(m => (m.Key, (DigestSet?)m.Value)).Concat(images.Select(digest => (digest, (DigestSet?)null)));
        return await AssumedMembers.RememberAsync(repository, manifests, guess, clock, cancellationToken);
    }
}
