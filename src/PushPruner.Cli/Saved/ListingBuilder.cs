using PushPruner.Cli.Layers;

namespace PushPruner.Cli.Saved;

/// <summary>Gathers what the documents say, and refuses what can't be of one registry.</summary>
sealed class ListingBuilder
{
    readonly Dictionary<string, Dictionary<Digest, Manifest>> repositories = new(StringComparer.Ordinal);
    readonly Dictionary<Digest, string> texts = [];
    readonly Dictionary<string, string> sources = new(StringComparer.Ordinal);
    readonly SortedSet<string> scattered = new(StringComparer.Ordinal);
    (string Id, string Source)? registry;

    public bool IsZoneMissing { get; set; }

    public BlobMounting BlobMounting { get; set; }

    public void IsOf(string registryId, string source)
    {
        if (registry is { } known && known.Id != registryId)
        {
            throw new InputException(
                $"{source}: it is of registry {SafeText.Line(registryId)}, and {known.Source} is of {SafeText.Line(known.Id)}: one "
                    + $"registry at a time");
        }

        registry = (registryId, source);
    }

    /// <summary>One that moved between two pages stands twice: what comes later is newer.</summary>
    public void Add(string repository, Manifest manifest, string source)
    {
        Shelf(repository)[manifest.Digest] = manifest;
        if (!sources.TryAdd(repository, source) && sources[repository] != source)
            scattered.Add(repository);
    }

    public void Add(Digest digest, string text) => texts[digest] = text;

    public SavedListing Listing() =>
        repositories.Count > 0
            ? new(
                repositories.ToDictionary(r => r.Key, IReadOnlyDictionary<Digest, Manifest> (r) => r.Value, StringComparer.Ordinal),
                texts,
                registry?.Id,
                [.. scattered],
                IsZoneMissing)
            {
                BlobMounting = BlobMounting,
            }
            : throw new InputException($"there is no image in what was given; save a listing with: {SavedListingReader.HowToSave}");

    Dictionary<Digest, Manifest> Shelf(string repository) =>
        repositories.TryGetValue(repository, out var shelf) ? shelf : repositories[repository] = [];
}
