using PushPruner.Jobs;
using PushPruner.Recording;

namespace PushPruner.Pruning;

/// <summary>
/// The index's rows of the candidates and of all that is kept or deleted together with them. It takes one read per level of ownership.
/// </summary>
/// <param name="Candidates">What the index or a listing proposed.</param>
/// <param name="Rows">Rows of the candidates and their followers, as far as there are rows.</param>
/// <param name="Followers">Members and referrers of the candidates, at any depth.</param>
/// <param name="OtherOwners">Owners of followers that are neither candidates nor followers: they keep what they share.</param>
/// <param name="Gone">What rows name and ECR says it doesn't have.</param>
/// <param name="TooDeep">Followers whose own followers were not looked for.</param>
sealed record CandidateGroups(
    IReadOnlySet<Digest> Candidates,
    IReadOnlyDictionary<Digest, IndexRow> Rows,
    IReadOnlySet<Digest> Followers,
    IReadOnlySet<Digest> OtherOwners,
    IReadOnlySet<Digest> Gone,
    IReadOnlySet<Digest> TooDeep)
{
    // An image, its platforms, their attestations and the signatures of all of these are four levels. Deeper or wider is not an image but
    // an accident or an attack, and must not take a run's whole time.
    const int MostLevels = 32;
    const int MostManifests = 20_000;

    const int OwnersAskedFor = 3;

    readonly HashSet<Digest> members = [.. Rows.Values.SelectMany(row => row.History.Members ?? DigestSet.Empty)];

    // By what is named, the rows that name it as a member or a referrer.
    readonly ILookup<Digest, Digest> naming = Rows.Values
        .SelectMany(row => row.History.Followers().Select(named => (Named: named, By: row.Digest)))
        .ToLookup(n => n.Named, n => n.By);

    /// <summary>The candidates and their followers.</summary>
    public IReadOnlySet<Digest> CandidatesAndFollowers { get; } = Candidates.Concat(Followers).ToHashSet();

    /// <summary>All that owns a manifest, by its own row, by the rows that name it, and by what it refers to.</summary>
    public IEnumerable<Digest> OwnersOf(Manifest manifest) =>
        (Rows.GetValueOrDefault(manifest.Digest)?.History.Owners ?? DigestSet.Empty)
            .Concat(naming[manifest.Digest])
            .Concat(ReferrerTag.AllSubjectsOf(manifest))
            .Distinct();

    /// <summary>
    /// What ECR says of a manifest, with what the index remembers. It is known as a member also if only its list's row is left to say so.
    /// </summary>
    /// <param name="unseenTags">Tags that ECR's answer doesn't show yet.</param>
    public KnownManifest Known(Manifest manifest, DateTimeOffset now, IReadOnlyList<string>? unseenTags)
    {
        var known = KnownManifest.From(manifest, Rows.GetValueOrDefault(manifest.Digest), push: null, now, unseenTags) with
        {
            IsTooDeep = TooDeep.Contains(manifest.Digest),
        };
        return members.Contains(manifest.Digest) ? known with { History = known.History with { WasMember = true } } : known;
    }

    public static async Task<CandidateGroups> ReadAsync(
        RunContext run, IReadOnlySet<Digest> candidates, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<Digest, IndexRow>();
        var seen = candidates.ToHashSet();
        IReadOnlyCollection<Digest> level = candidates;
        for (var depth = 0;
            level.Count > 0 && depth < MostLevels && seen.Count <= MostManifests && !(depth > 0 && run.IsShortOfTime);
            depth++)
        {
            var read = await run.Index.ReadRowsAsync(run.Repository, level, cancellationToken);
            foreach (var row in read.Values)
                rows[row.Digest] = row;

            level = [.. read.Values.SelectMany(row => row.History.Followers()).Distinct().Where(d => !seen.Contains(d))];
            seen.UnionWith(level);
        }

        var followers = seen.Except(candidates).ToHashSet();

        // What a manifest list names may be long gone, and one description can't say so of many manifests. Those that no row says were ever
        // in the repository are asked for by another call.
        var withoutRow = followers.Where(f => rows.GetValueOrDefault(f)?.PushedAt is null).ToList();
        IReadOnlySet<Digest> gone =
            withoutRow.Count > 0 ? await run.Registry.FindGoneAsync(run.Repository, withoutRow, cancellationToken) : new HashSet<Digest>();
        followers.ExceptWith(gone);

        // One living owner keeps a shared follower, and an owner that was not asked for counts as living: so three are enough.
        var owners = followers
            .Where(rows.ContainsKey)
            .SelectMany(f => rows[f].History.Owners.Where(o => !seen.Contains(o)).Take(OwnersAskedFor))
            .ToHashSet();
        return new CandidateGroups(candidates, rows, followers, owners, gone, level.ToHashSet());
    }
}
