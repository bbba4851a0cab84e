using Amazon.Lambda.CloudWatchEvents;
using PushPruner.Cli.Saved;
using PushPruner.Lambda;
using PushPruner.Lambda.Events;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Replay;

/// <summary>Reads histories whole before anything is played, so that a bad line leaves nothing half done.</summary>
static class HistoryReader
{
    /// <summary>Everything in the files, in the order of time; what has the same time stays in the order of the files.</summary>
    /// <exception cref="InputException">Names the file and line that can't be read.</exception>
    public static IReadOnlyList<HistoryEntry> Read(IEnumerable<string> paths)
    {
        var entries = paths.SelectMany(FilesIn).SelectMany(ReadFile).ToList();
        return entries.Count > 0
            ? [.. entries.OrderBy(e => e.At)]
            : throw new InputException($"{string.Join(", ", paths)}: there is no push in it");
    }

    /// <summary>A file itself, and what can be read of a folder.</summary>
    public static IEnumerable<string> FilesIn(string path)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new InputException($"{path}: there is no such file or folder");

        var files = Directory.EnumerateFiles(path)
            .Where(f => Path.GetExtension(f) is ".json" or ".jsonl")
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw new InputException($"{path}: there is no .json or .jsonl file in it");
    }

    static IEnumerable<HistoryEntry> ReadFile(string file)
    {
        try
        {
            return Path.GetExtension(file) == ".json"
                ? [ReadEntry(File.ReadAllText(file), file)]
                : [.. File.ReadLines(file)
                    .Select((text, index) => (Text: text, Source: $"{file}:{index + 1}"))
                    .Where(line => !string.IsNullOrWhiteSpace(line.Text))
                    .Select(line => ReadEntry(line.Text, line.Source))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: {e.Message}");
        }
    }

    static HistoryEntry ReadEntry(string text, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new InputException($"{source}: it is no JSON object but {root.ValueKind}");
            if (root.TryGetProperty("imageDetails", out _) || root.TryGetProperty("images", out _))
            {
                throw new InputException(
                    $"{source}: it is saved output of ECR and no history of pushes: simulate --from and plan --from read it");
            }

            return root.TryGetProperty("detail-type", out _) ? ReadEvent(root, source) : PushLine.Read(root, source);
        }
        catch (JsonException e)
        {
            throw new InputException($"{source}: it is no JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            // The escape of half of a surrogate pair is valid JSON, and stands for nothing.
            throw new InputException($"{source}: one of its names is no text: \\ud800 to \\udfff stand for a character in pairs only");
        }
    }

    static HistoryEntry.Event ReadEvent(JsonElement root, string source)
    {
        var content = root.Deserialize(FunctionJson.Default.CloudWatchEventImageAction)!;
        var at = new DateTimeOffset(content.Time, TimeSpan.Zero);
        return HistoryEntry.IsPlayable(at)
            ? new(at, source, content)
            : throw new InputException($"{source}: the event's time is missing or not a time such as 2026-03-01T08:15:00Z");
    }
}

/// <summary>One thing that happened, at an instant.</summary>
/// <param name="Source">File and line, for messages.</param>
abstract record HistoryEntry(DateTimeOffset At, string Source)
{
    /// <summary>False for a time from which a window, or a run's deadline, could leave the calendar.</summary>
    public static bool IsPlayable(DateTimeOffset at) => at.Year is >= 1970 and < 9000;

    /// <summary>A push as a line of a history states it.</summary>
    /// <param name="Tags">None for an untagged push.</param>
    /// <param name="Image">What was pushed: the same name again is the same digest, a retag.</param>
    public sealed record Push(DateTimeOffset At, string Source, string Repository, IReadOnlyList<string> Tags, string Image, long Bytes)
        : HistoryEntry(At, Source);

    /// <summary>An event as EventBridge sent it.</summary>
    public sealed record Event(DateTimeOffset At, string Source, CloudWatchEvent<ImageAction> Content)
        : HistoryEntry(At, Source)
    {
        /// <summary>What was pushed, as far as an event says it; null where nothing was.</summary>
        public (string Repository, SeededImage Image)? Pushed =>
            Content.Detail is { Result: "SUCCESS", ActionType: "PUSH" or "REPLICATE" } detail
            && RepositoryName.IsValid(detail.RepositoryName)
            && Digest.TryParse(detail.ImageDigest, out var digest)
                ? (detail.RepositoryName, new SeededImage
                {
                    Digest = digest.Value,
                    Tags = string.IsNullOrEmpty(detail.ImageTag) ? [] : [detail.ImageTag],
                    MediaType = detail.ManifestMediaType ?? MediaTypes.OciManifest,
                })
                : null;
    }
}
