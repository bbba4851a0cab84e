namespace PushPruner.Rules;

/// <summary>The facts of one decision, by digest and in the order given, each with the verdict on it once there is one.</summary>
sealed class KnownManifests
{
    readonly List<Row> rows;
    readonly Dictionary<Digest, Row> byDigest;

    /// <exception cref="ArgumentException">A digest stands twice.</exception>
    public KnownManifests(IEnumerable<KnownManifest> knownManifests)
    {
        rows = [.. knownManifests.Select(known => new Row(known))];
        byDigest = new Dictionary<Digest, Row>(rows.Count);
        foreach (var row in rows)
        {
            if (!byDigest.TryAdd(row.Known.Digest, row))
                throw new ArgumentException($"{row.Known.Digest} stands twice among the facts", nameof(knownManifests));
        }
    }

    public IReadOnlyList<Row> Rows => rows;

    public Row this[Digest digest] => byDigest[digest];

    public bool Contains(Digest digest) => byDigest.ContainsKey(digest);

    /// <summary>Null when there is none.</summary>
    public KnownManifest? Find(Digest digest) => byDigest.GetValueOrDefault(digest)?.Known;

    /// <summary>Null when there is no fact, or no verdict on it yet.</summary>
    public Verdict? VerdictOn(Digest digest) => byDigest.GetValueOrDefault(digest)?.Verdict;

    /// <summary>A fact and the verdict on it.</summary>
    public sealed class Row(KnownManifest known)
    {
        public KnownManifest Known => known;

        public Verdict? Verdict { get; set; }
    }
}
