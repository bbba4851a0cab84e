namespace PushPruner.Rules;

/// <summary>The manifests of one decision, by digest and in the order given, each with its verdict once there is one.</summary>
sealed class KnownManifests
{
    readonly List<Row> rows;
    readonly Dictionary<Digest, Row> byDigest;

    /// <exception cref="ArgumentException">A digest occurs twice.</exception>
    public KnownManifests(IEnumerable<KnownManifest> knownManifests)
    {
        rows = [.. knownManifests.Select(known => new Row(known))];
        byDigest = new Dictionary<Digest, Row>(rows.Count);
        foreach (var row in rows)
        {
            if (!byDigest.TryAdd(row.Known.Digest, row))
                throw new ArgumentException($"{row.Known.Digest} occurs twice among the manifests", nameof(knownManifests));
        }
    }

    public IReadOnlyList<Row> Rows => rows;

    public Row this[Digest digest] => byDigest[digest];

    public bool Contains(Digest digest) => byDigest.ContainsKey(digest);

    /// <summary>Null when there is none.</summary>
    public KnownManifest? Find(Digest digest) => byDigest.GetValueOrDefault(digest)?.Known;

    /// <summary>Null if the manifest is not among these, or has no verdict yet.</summary>
    public Verdict? VerdictOn(Digest digest) => byDigest.GetValueOrDefault(digest)?.Verdict;

    /// <summary>A manifest and its verdict.</summary>
    public sealed class Row(KnownManifest known)
    {
        public KnownManifest Known => known;

        public Verdict? Verdict { get; set; }
    }
}
