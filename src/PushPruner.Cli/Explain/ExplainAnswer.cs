using PushPruner.Cli.Stacks;

namespace PushPruner.Cli.Explain;

/// <summary>All that is told of one image.</summary>
/// <param name="Snapshot">The repository it is looked for in.</param>
sealed record ExplainAnswer(ImageQuery Asked, ISource Source, RepositorySnapshot Snapshot)
{
    /// <summary>What the settings were taken from.</summary>
    public required Basis Basis { get; init; }

    public required Settings Settings { get; init; }

    /// <summary>Null when it isn't there.</summary>
    public Explanation? Found { get; init; }

    /// <summary>
    /// Of what isn't there: what is left of it, the latest deletion first. Of what is there: what is left of an earlier push of its digest.
    /// </summary>
    public IReadOnlyList<Tombstone> Tombstones { get; init; } = [];

    /// <summary>Of what nothing is known of: tags that look like it.</summary>
    public IReadOnlyList<string> Near { get; init; } = [];

    /// <summary>Of what nothing is known of: where else to ask.</summary>
    public string? WhereElse { get; init; }

    /// <summary>True when the stack's table could have been asked, and wasn't.</summary>
    public bool IsTableLeftOut { get; init; }

    /// <summary>What whoever reads it has to know besides.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            var notes = new List<string>();
            var expired = Found?.IsExpired == true ? Snapshot.Expired.Count(v => !v.IsFollower) : 0;
            if (expired > Settings.MaxDeletes)
            {
                notes.Add(
                    $"{TextFormat.Images(expired)} of the repository are expired, more than MAX_DELETES "
                        + $"({TextFormat.Number(Settings.MaxDeletes)}): a run deletes none of them until somebody approves it.");
            }

            if (!Settings.Repositories.Serves(Snapshot.Repository))
                notes.Add($"REPOSITORIES does not let {Snapshot.Repository} through, so nothing of it is deleted.");
            if (IsTableLeftOut && Found is not null)
            {
                notes.Add(
                    "Promotions are known to the stack's table alone: where images are pushed again under new tags, give --stack or "
                        + "--index-table.");
            }

            return [.. notes, .. Basis.Notes, .. Source.Notes];
        }
    }

    public bool IsKnown => Found is not null || Tombstones.Count > 0;
}

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
