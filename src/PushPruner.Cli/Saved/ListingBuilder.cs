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

/// <summary>What saved answers of ECR say of one registry.</summary>
/// <param name="Repositories">The manifests of each repository, each once.</param>
/// <param name="Texts">Exact texts of manifests, as far as they were saved too.</param>
/// <param name="RegistryId">The account; null when nothing told.</param>
/// <param name="Scattered">Repositories out of more than one file: what was deleted between the two is there all the same.</param>
/// <param name="IsZoneMissing">True when a time had no zone, and was read as UTC.</param>
sealed record SavedListing(
    IReadOnlyDictionary<string, IReadOnlyDictionary<Digest, Manifest>> Repositories,
    IReadOnlyDictionary<Digest, string> Texts,
    string? RegistryId,
    IReadOnlyList<string> Scattered,
    bool IsZoneMissing)
{
    /// <summary>As what get-account-setting printed says, if that was given too.</summary>
    public BlobMounting BlobMounting { get; init; }

    /// <summary>Manifests whose media type the listing doesn't have.</summary>
    public int WithoutMediaType => Repositories.Values.Sum(manifests => manifests.Values.Count(m => m.MediaType is null));
}
