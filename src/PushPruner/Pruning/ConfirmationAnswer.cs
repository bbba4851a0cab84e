using PushPruner.Recording;

namespace PushPruner.Pruning;

/// <summary>What the index and then ECR answered on candidates.</summary>
/// <param name="Groups">The candidates and what belongs to them, by the index.</param>
/// <param name="Window">The N newest of each stream by the index; without those that belong to a candidate.</param>
/// <param name="Description">ECR's answer.</param>
/// <param name="UnseenTags">By manifest, tags that ECR's answer does not show yet, see <see cref="TagLag"/>.</param>
/// <param name="Gone">What ECR says it doesn't have.</param>
/// <param name="AskedAt">When ECR was asked.</param>
/// <param name="At">When the answers were complete.</param>
sealed record ConfirmationAnswer(
    CandidateGroups Groups,
    IReadOnlyDictionary<Digest, WindowPlace> Window,
    Description Description,
    IReadOnlyDictionary<Digest, IReadOnlyList<string>> UnseenTags,
    IReadOnlySet<Digest> Gone,
    DateTimeOffset AskedAt,
    DateTimeOffset At)
{
    readonly Dictionary<Digest, Manifest> found = Description.Found.DistinctBy(m => m.Digest).ToDictionary(m => m.Digest);

    /// <summary>What the event being handled names: never deleted by that event.</summary>
    public Digest? Spared { get; init; }

    /// <summary>How many of the newest are gone: the index's window is wrong.</summary>
    public int GoneOfWindow => Description.Gone.Count(Window.ContainsKey);

    /// <summary>What ECR said of a manifest; null if it did not find it.</summary>
    public Manifest? Find(Digest digest) => found.GetValueOrDefault(digest);

    /// <summary>
    /// What ECR found, with what the index remembers of it. Owners outside of the groups are left out: they were asked for only to learn
    /// whether they are there.
    /// </summary>
    public IReadOnlyList<KnownManifest> KnownManifests() =>
    [
        .. found.Values
            .Where(m => Groups.CandidatesAndFollowers.Contains(m.Digest) || Window.ContainsKey(m.Digest))
            .Select(m => Window.TryGetValue(m.Digest, out var place) ? OfWindow(m, place) : OfGroup(m)),
    ];

    // The place is the proof, for that push time. It says which kind it is, and that what it names is known.
    static KnownManifest OfWindow(Manifest manifest, WindowPlace place) => new(
        manifest, ManifestHistory.None with { ProvenFor = place.ProvenFor, Members = DigestSet.Empty, Kind = place.Stream });

    KnownManifest OfGroup(Manifest manifest) =>
        Groups.Known(manifest, At, UnseenTags.GetValueOrDefault(manifest.Digest)) with { IsSpared = manifest.Digest == Spared };
}
