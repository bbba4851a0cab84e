using PushPruner.Ports;

namespace PushPruner.Cli.Explain;

/// <summary>Looks among a repository's tombstones for what isn't there any more.</summary>
/// <param name="Found">The latest first.</param>
/// <param name="Tags">Those that what was deleted had, for the likeness; none where they needn't be known.</param>
sealed record Deletions(IReadOnlyList<Tombstone> Found, IReadOnlyCollection<string> Tags)
{
    /// <summary>
    /// What is left of an earlier push of what is there now. A tombstone of the push that is there says nothing: the image survived,
    /// because it gained a tag between the decision and the delete.
    /// </summary>
    public static async Task<IReadOnlyList<Tombstone>> OfEarlierPushesAsync(
        IManifestIndex index, string repository, Manifest manifest, CancellationToken cancellationToken)
    {
        var tombstone = await index.FindTombstoneAsync(repository, manifest.Digest, cancellationToken);
        return tombstone is not null && (tombstone.PushedAt ?? tombstone.DeletedAt) < manifest.PushedAt ? [tombstone] : [];
    }

    /// <summary>A digest is asked for by itself; for a tag, or for how a digest begins, all are gone through.</summary>
    public static async Task<Deletions> FindAsync(IManifestIndex index, ImageQuery query, CancellationToken cancellationToken)
    {
        if (query.Digest is { } digest)
            return new(await index.FindTombstoneAsync(query.Repository, digest, cancellationToken) is { } tombstone ? [tombstone] : [], []);

        var found = new List<Tombstone>();
        var begins = new List<Tombstone>();
        var tags = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var tombstone in index.ListTombstonesAsync(query.Repository, cancellationToken))
        {
            tags.UnionWith(tombstone.Tags);
            if (query.IsTagIn(tombstone.Tags))
                found.Add(tombstone);
            else if (query.IsStartOf(tombstone.Digest))
                begins.Add(tombstone);
        }

        return new([.. (found.Count > 0 ? found : begins).OrderByDescending(t => t.DeletedAt).ThenBy(t => t.Digest)], tags);
    }
}
