using PushPruner.Ports;

namespace PushPruner.Jobs;

/// <summary>What the index knows of the candidates and of all that lives and dies with them: one read a level of ownership.</summary>
/// <param name="Rows">Of the candidates and their followers, as far as there are rows.</param>
/// <param name="Followers">Members and referrers, at any depth.</param>
/// <param name="Owners">Of followers, those that are not themselves among these: they keep what they share.</param>
sealed record Closure(IReadOnlyDictionary<Digest, IndexRow> Rows, IReadOnlySet<Digest> Followers, IReadOnlySet<Digest> Owners)
{
    /// <summary>By what is named, the rows that name it as a member or a referrer.</summary>
    public ILookup<Digest, Digest> Naming => Rows.Values
        .SelectMany(row => (row.Memory.Members ?? DigestSet.Empty).Concat(row.Memory.Referrers).Select(named => (Named: named, By: row.Digest)))
        .ToLookup(n => n.Named, n => n.By);

    const int OwnersAskedFor = 3;

    public static async Task<Closure> OfAsync(Workbench bench, IReadOnlyCollection<Digest> candidates, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<Digest, IndexRow>();
        var seen = candidates.ToHashSet();
        IReadOnlyCollection<Digest> level = candidates;
        while (level.Count > 0)
        {
            var read = await bench.Index.ReadRowsAsync(bench.Repository, level, cancellationToken);
            foreach (var row in read.Values)
                rows[row.Digest] = row;

            level = [.. read.Values.SelectMany(row => (row.Memory.Members ?? DigestSet.Empty).Concat(row.Memory.Referrers)).Where(seen.Add)];
        }

        var followers = seen.Except(candidates).ToHashSet();

        // What an index names may be long gone, and one description can't say so of many: those without a row are asked for apart.
        var withoutRow = followers.Where(f => !rows.ContainsKey(f)).ToList();
        if (withoutRow.Count > 0)
            followers.ExceptWith(await bench.Registry.FindGoneAsync(bench.Repository, withoutRow, cancellationToken));

        // One that is there keeps what it shares, and those that aren't asked for are taken to be there: so few suffice.
        var owners = followers.Where(rows.ContainsKey).SelectMany(f => rows[f].Memory.Owners.Where(o => !seen.Contains(o)).Take(OwnersAskedFor)).ToHashSet();
        return new Closure(rows, followers, owners);
    }
}
