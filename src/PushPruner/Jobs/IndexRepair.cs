using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Makes the index say of a repository what a full listing said, writing only what differs.</summary>
/// <param name="contents">What the index held before the listing began: what was written since has another revision and is left alone.</param>
sealed class IndexRepair(Workbench bench, RetentionPolicy policy, IndexContents contents)
{
    readonly Dictionary<Digest, IndexRow> current = [];

    /// <summary>Whether the row of this manifest now says what the listing said; false when another run wrote it meanwhile.</summary>
    public bool IsFiled(Digest digest) => current.ContainsKey(digest);

    public async Task RunAsync(IReadOnlyDictionary<Digest, Fact> facts, CancellationToken cancellationToken)
    {
        var rows = contents.Rows;
        var phantoms = rows.Values.Where(row => !facts.ContainsKey(row.Digest)).ToList();
        await InTimeAsync(phantoms, row => bench.ForgetAsync(row, cancellationToken));

        var changed = new List<IndexRow>();
        foreach (var fact in facts.Values)
        {
            var row = rows.GetValueOrDefault(fact.Digest);
            var filed = Filing.File(policy, bench.Now, fact, row?.Revision ?? IndexRow.Unwritten);
            if (row?.SaysTheSameAs(filed) == true)
                current.Add(row.Digest, row);
            else
                changed.Add(filed);
        }

        await InTimeAsync(changed, row => WriteAsync(row, cancellationToken));
        await RepairBearersAsync(facts, cancellationToken);

        var missing = changed.Count(row => row.Revision == IndexRow.Unwritten);
        bench.Logger.Resynced(bench.Repository, facts.Count, missing, phantoms.Count, stale: changed.Count - missing);
    }

    async Task WriteAsync(IndexRow row, CancellationToken cancellationToken)
    {
        if (await bench.Index.TryWriteAsync(bench.Repository, row, cancellationToken) is not { } written)
            return;

        lock (current)
            current.Add(written.Digest, written);
    }

    async Task RepairBearersAsync(IReadOnlyDictionary<Digest, Fact> facts, CancellationToken cancellationToken)
    {
        var borne = new Dictionary<string, IndexRow>(StringComparer.Ordinal);
        var tags = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fact in facts.Values)
        {
            foreach (var tag in fact.Manifest.Tags.Where(tag => policy.ProtectTags.FirstMatch(tag) is not null))
            {
                tags.Add(tag);
                if (current.TryGetValue(fact.Digest, out var row))
                    borne[tag] = row;
            }
        }

        var moved = borne.Where(b => contents.Bearers.GetValueOrDefault(b.Key)?.Row.Digest != b.Value.Digest);
        await InTimeAsync(moved, b => bench.Index.TryWriteBearerAsync(
            bench.Repository,
            new Bearer { Tag = b.Key, Row = b.Value, Revision = contents.Bearers.GetValueOrDefault(b.Key)?.Revision ?? IndexRow.Unwritten },
            cancellationToken));

        var unborne = contents.Bearers.Values.Where(b => !tags.Contains(b.Tag));
        await InTimeAsync(unborne, b => bench.Index.TryRemoveBearerAsync(bench.Repository, b.Tag, b.Revision, cancellationToken));
    }

    Task InTimeAsync<T>(IEnumerable<T> items, Func<T, Task> doAsync) =>
        Workbench.InParallelAsync(items.TakeWhile(_ => !bench.IsShortOfTime), doAsync);
}
