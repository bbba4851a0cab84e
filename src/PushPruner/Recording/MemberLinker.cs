using PushPruner.Jobs;
using PushPruner.Listing;

namespace PushPruner.Recording;

/// <summary>
/// Notes their owner at the members of manifest lists, before the list takes its own place in the index: so that no order of events counts
/// a member as an image.
/// </summary>
sealed class MemberLinker(RunContext run, ManifestReader reader)
{
    readonly HashSet<Digest> linked = [];

    /// <param name="found">What ECR just said.</param>
    /// <param name="rows">Their rows, read before ECR was asked.</param>
    public async Task LinkMembersAsync(
        IReadOnlyList<Manifest> found, IReadOnlyDictionary<Digest, IndexRow> rows, CancellationToken cancellationToken)
    {
        await ReadNestedAsync(found, cancellationToken);

        // A list that was deleted and pushed again links again what its row names: the rows of its members may be gone.
        foreach (var manifest in found)
        {
            if (rows.TryGetValue(manifest.Digest, out var row) && row.PushedAt != manifest.PushedAt)
                await LinkAsync(row.Digest, row.History.Members, cancellationToken);
        }

        foreach (var (list, content) in reader.Read)
            await LinkAsync(list, content.Members, cancellationToken);
    }

    // A manifest list may name others, and their own events may come later or never: they are read level by level, or what they name would
    // count as images. Each is read once, and keeps its members in a row without a place.
    async Task ReadNestedAsync(IReadOnlyList<Manifest> found, CancellationToken cancellationToken)
    {
        var seen = found.Select(m => m.Digest).ToHashSet();
        var lists = ListsNamedBy(seen);
        HashSet<Digest> level = [.. lists];
        var toKeep = new Stack<(HashSet<Digest> Lists, IReadOnlyDictionary<Digest, IndexRow> Rows)>();
        var unlinked = new List<IndexRow>();
        while (level.Count > 0 && !run.IsShortOfTime)
        {
            seen.UnionWith(level);
            var rows = await run.Index.ReadRowsAsync(run.Repository, level, cancellationToken);
            var unread = lists.Where(d => rows.GetValueOrDefault(d)?.History.Members is null).ToHashSet();
            if (unread.Count > 0)
                await reader.ReadNestedAsync(unread, cancellationToken);
            toKeep.Push((unread, rows));

            // A run that was cut off may have kept lists, and linked no members.
            var kept = rows.Values.Where(r => r.PushedAt is null && r.History.Members is not null).ToList();
            unlinked.AddRange(kept);
            lists = ListsNamedBy(unread);
            level = [.. lists.Concat(kept.SelectMany(r => r.History.Members!)).Except(seen)];
            lists.IntersectWith(level);
        }

        // The innermost first: if a list is kept, so are all lists that it names.
        foreach (var (read, rows) in toKeep)
            await reader.KeepAsync(read, rows, cancellationToken);
        foreach (var row in unlinked)
            await LinkAsync(row.Digest, row.History.Members, cancellationToken);
    }

    HashSet<Digest> ListsNamedBy(HashSet<Digest> lists) =>
        [.. reader.Read.Where(r => lists.Contains(r.List)).SelectMany(r => r.Content.Lists)];

    // Once per list.
    Task LinkAsync(Digest list, DigestSet? members, CancellationToken cancellationToken) => members is null || !linked.Add(list)
        ? Task.CompletedTask
        : RunContext.InParallelAsync(members, member => run.Index.AddOwnerAsync(run.Repository, member, list, cancellationToken));
}
