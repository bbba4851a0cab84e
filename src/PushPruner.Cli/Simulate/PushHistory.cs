using PushPruner.Adapters;
using PushPruner.Cli.Replay;
using PushPruner.Cli.Saved;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Simulate;

/// <summary>Everything that a history ever pushed, as if nothing had been deleted, and what its pushes did to the tags.</summary>
sealed class PushHistory
{
    readonly Dictionary<string, Dictionary<Digest, IndexRow>> repositories = new(StringComparer.Ordinal);
    readonly Dictionary<Digest, (string Manifest, string? Artifact)> mediaTypes = [];
    readonly Dictionary<(string Repository, string Tag), Digest> bearers = [];
    readonly List<(string Repository, Digest Digest, string Tag, DateTimeOffset At)> moves = [];
    readonly Dictionary<string, List<DateTimeOffset>> pushes = new(StringComparer.Ordinal);

    public PushHistory(IEnumerable<HistoryEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry is HistoryEntry.Push push)
            {
                Add(
                    push.Repository,
                    Digest.Parse(ManifestFactory.Image(push.Image, push.Bytes).Digest),
                    push.Tags,
                    push.At,
                    (MediaTypes.OciManifest, null),
                    push.Bytes);
            }
            else if (
                entry
                    is HistoryEntry.Event
                    {
                        Content.Detail: { Result: "SUCCESS", ActionType: "PUSH" or "REPLICATE", RepositoryName: { } name } detail
                    }
                && Digest.TryParse(detail.ImageDigest, out var digest))
            {
                Add(
                    name,
                    digest,
                    string.IsNullOrEmpty(detail.ImageTag) ? [] : [detail.ImageTag],
                    entry.At,
                    (detail.ManifestMediaType ?? MediaTypes.OciManifest, detail.ArtifactMediaType),
                    bytes: 0);
            }
        }
    }

    /// <summary>What a listing would show today.</summary>
    public SavedListing Listing => new(
        repositories.ToDictionary(
            r => r.Key,
            IReadOnlyDictionary<Digest, Manifest> (r) => r.Value.Values.Select(ManifestOf).ToDictionary(m => m.Digest),
            StringComparer.Ordinal),
        new Dictionary<Digest, string>(),
        RegistryId: null,
        Scattered: [],
        IsZoneMissing: false);

    /// <summary>What the function would remember of a repository.</summary>
    public IEnumerable<IndexRow> RowsOf(string repository) => repositories.TryGetValue(repository, out var shelf) ? shelf.Values : [];

    /// <summary>Manifests that only events tell of, which have no size.</summary>
    public int Unsized => repositories.Values.Sum(shelf => shelf.Values.Count(row => row.Bytes == 0));

    /// <summary>Every push to a repository, also of what was there already.</summary>
    public IEnumerable<DateTimeOffset> PushesOf(string repository) => pushes.GetValueOrDefault(repository) ?? [];

    /// <summary>Until when a manifest bore a tag that protects and that has moved on since.</summary>
    public Func<string, Digest, DateTimeOffset?> HeldUntil(Func<string, bool> protects)
    {
        var held = moves.Where(m => protects(m.Tag)).GroupBy(m => (m.Repository, m.Digest)).ToDictionary(g => g.Key, g => g.Max(m => m.At));
        return (repository, digest) => held.TryGetValue((repository, digest), out var at) ? at : null;
    }

    void Add(
        string repository,
        Digest digest,
        IReadOnlyList<string> tags,
        DateTimeOffset at,
        (string Manifest, string? Artifact) mediaType,
        long bytes)
    {
        var shelf = repositories.TryGetValue(repository, out var there) ? there : repositories[repository] = [];
        (pushes.TryGetValue(repository, out var times) ? times : pushes[repository] = []).Add(at);
        foreach (var tag in tags)
        {
            if (bearers.TryGetValue((repository, tag), out var bearer) && bearer != digest)
            {
                moves.Add((repository, bearer, tag, at));
                shelf[bearer] = shelf[bearer] with { Tags = [.. shelf[bearer].Tags.Where(t => t != tag)] };
            }

            bearers[(repository, tag)] = digest;
        }

        mediaTypes[digest] = mediaType;
        // No history has the bytes of a manifest. Of what isn't a manifest list, the event says what it is, or it counts as an image.
        var kind = MediaTypes.IsManifestList(mediaType.Manifest) ? null : Kind.Image;
        var isProven = tags.Any(Proof.IsGivenByPushWith);
        shelf[digest] = shelf.TryGetValue(digest, out var row)
            ? row with
            {
                Tags = [.. row.Tags.Union(tags, StringComparer.Ordinal)],
                History = row.History with { PromotedAt = at, ProvenFor = isProven ? row.PushedAt : row.History.ProvenFor },
            }
            : new IndexRow
            {
                Digest = digest,
                Tags = tags,
                PushedAt = at,
                Bytes = bytes,
                History = new ManifestHistory { ProvenFor = isProven ? at : null, Kind = kind },
            };
    }

    Manifest ManifestOf(IndexRow row) => new()
    {
        Digest = row.Digest,
        Tags = row.Tags,
        PushedAt = row.PushedAt,
        Bytes = row.Bytes,
        MediaType = mediaTypes[row.Digest].Manifest,
        ArtifactMediaType = mediaTypes[row.Digest].Artifact,
    };
}

/// <summary>What a history of pushes would have left, had nothing been deleted.</summary>
sealed class HistorySource(
    PushHistory history, SavedListing listing, IReadOnlyList<string> named, RepositoryFilter filter, TimeProvider clock)
    : ListingSource(listing, named, filter)
{
    readonly int repositories = listing.Repositories.Count;

    public override string Title => $"From a history of pushes to {TextFormat.Repositories(repositories)}.";

    public override IReadOnlyList<string> Notes
    {
        get
        {
            const string again = "What is pushed again is taken to have been there until then, whatever the policy.";
            return history.Unsized == 0
                ? [again]
                : [again, $"An event doesn't say how large an image is: {TextFormat.Images(history.Unsized)} count as 0 bytes."];
        }
    }

    public override async Task<IManifestIndex> IndexOfAsync(string repository, CancellationToken cancellationToken)
    {
        var index = new InMemoryIndex(clock);
        foreach (var row in history.RowsOf(repository))
            await index.TryWriteAsync(repository, row, cancellationToken);
        return index;
    }
}
