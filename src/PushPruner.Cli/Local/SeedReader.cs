using System.Text.Json;
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
