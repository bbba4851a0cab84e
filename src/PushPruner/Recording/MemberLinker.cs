using PushPruner.Jobs;
using PushPruner.Listing;
using PushPruner.Ports;

namespace PushPruner.Recording;

/// <summary>
/// Notes at the members of indexes whose they are, before the index takes its own place: so that no interleaving counts a part as an image.
/// </summary>
sealed class MemberLinker(RunContext run, ManifestReader reading)
{
    readonly HashSet<Digest> claimed = [];

    /// <param name="found">What ECR just said.</param>
    /// <param name="rows">Theirs, read before ECR was asked.</param>
    public async Task LinkMembersAsync(
        IReadOnlyList<Manifest> found, IReadOnlyDictionary<Digest, IndexRow> rows, CancellationToken cancellationToken)
    {
        await ReadNestedAsync(found, cancellationToken);

        // One that was deleted and pushed again claims again what its row says: the rows of its members may have gone with it.
        await LinkAsync(
            found.Where(m => rows.TryGetValue(m.Digest, out var row) && row.PushedAt != m.PushedAt).Select(m => rows[m.Digest]),
            cancellationToken);
        foreach (var (list, content) in reading.Read.Where(r => claimed.Add(r.List)))
            await LinkAsync(list, content.Members!, cancellationToken);
    }

    // An index may name indexes, and their own events may come later or never: they are read level by level, or what they name would be
    // taken for images. Each is read once, and keeps its list in a row without a place.
    async Task ReadNestedAsync(IReadOnlyList<Manifest> found, CancellationToken cancellationToken)
    {
        var seen = found.Select(m => m.Digest).ToHashSet();
        var indexes = IndexesNamedBy(seen);
        HashSet<Digest> level = [.. indexes];
        var toKeep = new Stack<(HashSet<Digest> Indexes, IReadOnlyDictionary<Digest, IndexRow> Rows)>();
        var unclaimed = new List<IndexRow>();
        while (level.Count > 0 && !run.IsShortOfTime)
        {
            seen.UnionWith(level);
            var rows = await run.Index.ReadRowsAsync(run.Repository, level, cancellationToken);
            var unread = indexes.Where(d => rows.GetValueOrDefault(d)?.History.Members is null).ToHashSet();
            if (unread.Count > 0)
                await reading.ReadNestedAsync(unread, cancellationToken);
            toKeep.Push((unread, rows));

            // A run that was cut off may have kept lists and made no claims.
            var kept = rows.Values.Where(r => r.PushedAt is null && r.History.Members is not null).ToList();
            unclaimed.AddRange(kept);
            indexes = IndexesNamedBy(unread);
            level = [.. indexes.Concat(kept.SelectMany(r => r.History.Members!)).Except(seen)];
            indexes.IntersectWith(level);
        }

        // The innermost first: where a list is kept, so are those of all that it names.
        foreach (var (read, rows) in toKeep)
            await reading.KeepAsync(read, rows, cancellationToken);
        await LinkAsync(unclaimed, cancellationToken);
    }

    HashSet<Digest> IndexesNamedBy(HashSet<Digest> indexes) =>
        [.. reading.Read.Where(r => indexes.Contains(r.List)).SelectMany(r => r.Content.Lists)];

    async Task LinkAsync(IEnumerable<IndexRow> indexes, CancellationToken cancellationToken)
    {
        foreach (var index in indexes.Where(row => row.History.Members is not null && claimed.Add(row.Digest)))
            await LinkAsync(index.Digest, index.History.Members!, cancellationToken);
    }

    Task LinkAsync(Digest index, DigestSet members, CancellationToken cancellationToken) =>
        RunContext.InParallelAsync(members, member => run.Index.AddOwnerAsync(run.Repository, member, index, cancellationToken));
}
