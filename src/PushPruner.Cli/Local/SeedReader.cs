using PushPruner.Cli.Replay;
using PushPruner.Cli.Saved;
using PushPruner.Lambda.Events;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Local;

/// <summary>Reads what a registry is to be filled with.</summary>
static class SeedReader
{
    /// <exception cref="InputException">Names the history or event that can't be read, and why.</exception>
    /// <exception cref="InputException">Names the listing that can't be read, and why.</exception>
    public static Seeds Read(IReadOnlyList<string> paths, CancellationToken stop = default)
    {
        var seeds = new Seeds();
        var files = paths.SelectMany(path => Directory.Exists(path) ? HistoryReader.FilesIn(path) : [path]).ToList();
        var histories = files.Where(IsHistory).ToList();
        foreach (var entry in histories.SelectMany(file => HistoryReader.Read([file])))
        {
            stop.ThrowIfCancellationRequested();
            Add(seeds, entry);
        }

        // All at once: the texts of manifests may stand in a file of their own.
        if (files.Except(histories, StringComparer.Ordinal).ToList() is { Count: > 0 } listings)
            Add(seeds, SavedListingReader.Read(listings, TextReader.Null), listings, stop);
        return seeds;
    }

    static void Add(Seeds seeds, SavedListing listing, IEnumerable<string> files, CancellationToken stop)
    {
        foreach (var (repository, manifests) in listing.Repositories)
        {
            if (!RepositoryName.IsValid(repository))
            {
                throw new InputException(
                    $"{string.Join(", ", files)}: \"{repository}\" is no name of a repository, such as \"team/app\"");
            }

            stop.ThrowIfCancellationRequested();
            foreach (var manifest in manifests.Values)
                seeds.Add(repository, Placed(manifest, listing.Texts.GetValueOrDefault(manifest.Digest)));
        }
    }

    // Lines of pushes and folders of them, or one event as EventBridge sent it.
    static bool IsHistory(string file)
    {
        if (Path.GetExtension(file) != ".json")
            return true;
        try
        {
            using var stream = File.OpenRead(file);
            using var document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("detail-type", out _);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // The reader of listings says what is wrong with it.
            return false;
        }
    }

    static void Add(Seeds seeds, HistoryEntry entry)
    {
        switch (entry)
        {
            case HistoryEntry.Push push:
                var manifest = ManifestFactory.Image(push.Image, push.Bytes);
                seeds.Add(push.Repository, manifest.At(push.At, push.Tags) with { Digest = manifest.Digest });
                break;

            // Whose registry it was pushed to is no matter: this one plays any.
            case HistoryEntry.Event { Pushed: var (repository, image) }:
                seeds.Add(repository, image with { PushedAt = entry.At });
                break;
        }
    }

    static SeededImage Placed(Manifest manifest, string? text) => new()
    {
        Digest = manifest.Digest.Value,
        Tags = manifest.Tags,
        PushedAt = manifest.PushedAt,
        SizeInBytes = manifest.Bytes,
        MediaType = manifest.MediaType,
        SubjectDigest = manifest.Subject?.Value,
        LastRecordedPullTime = manifest.LastPulledAt,
        LastActivatedAt = manifest.LastActivatedAt,
        Status = manifest.Status switch
        {
            ManifestStatus.Active => "ACTIVE",
            ManifestStatus.Archived => "ARCHIVED",
            ManifestStatus.Activating => "ACTIVATING",
            _ => "UNKNOWN",
        },
        Manifest = IsJsonObject(text) ? text : null,
    };

    static bool IsJsonObject(string? text)
    {
        try
        {
            using var document = JsonDocument.Parse(text ?? "");
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>What repositories hold before the first push, gathered from several files.</summary>
sealed class Seeds
{
    readonly SortedDictionary<string, Shelf> repositories = new(StringComparer.Ordinal);

    public IEnumerable<(string Repository, IReadOnlyCollection<SeededImage> Images)> All =>
        repositories.Select(r => (r.Key, (IReadOnlyCollection<SeededImage>)r.Value.Images.Values));

    public int Count => repositories.Values.Sum(s => s.Images.Count);

    /// <summary>
    /// Adds an image that has its digest. One that is there already only gets the tags, as in a registry; they leave the images that had
    /// them.
    /// </summary>
    public void Add(string repository, SeededImage image)
    {
        if (!repositories.TryGetValue(repository, out var shelf))
            repositories.Add(repository, shelf = new Shelf());

        foreach (var tag in image.Tags)
        {
            // Looked up and not looked for: a repository may have 100,000 images.
            if (shelf.Tagged.TryGetValue(tag, out var bearer) && bearer != image.Digest)
                shelf.Images[bearer] = shelf.Images[bearer] with { Tags = [.. shelf.Images[bearer].Tags.Where(t => t != tag)] };
            shelf.Tagged[tag] = image.Digest!;
        }

        shelf.Images[image.Digest!] = shelf.Images.TryGetValue(image.Digest!, out var there)
            ? there with { Tags = [.. there.Tags.Union(image.Tags, StringComparer.Ordinal)] }
            : image;
    }

    sealed class Shelf
    {
        public Dictionary<string, SeededImage> Images { get; } = new(StringComparer.Ordinal);

        /// <summary>The digest of the image that has a tag now.</summary>
        public Dictionary<string, string> Tagged { get; } = new(StringComparer.Ordinal);
    }
}
