using System.Text.Json;
using PushPruner.Lambda;
using PushPruner.Lambda.Events;

namespace PushPruner.Cli.Replay;

/// <summary>Reads histories whole before anything is played, so that a bad line leaves nothing half done.</summary>
static class HistoryReader
{
    const long DefaultBytes = 25_000_000;

    /// <summary>Everything in the files, in the order of time; what has the same time stays in the order of the files.</summary>
    /// <exception cref="HistoryException">Names the file and line that can't be read.</exception>
    public static IReadOnlyList<HistoryEntry> Read(IEnumerable<string> paths)
    {
        var entries = paths.SelectMany(FilesIn).SelectMany(ReadFile).ToList();
        return entries.Count > 0
            ? [.. entries.OrderBy(e => e.At)]
            : throw new HistoryException($"{string.Join(", ", paths)}: there is no push in it");
    }

    static IEnumerable<string> FilesIn(string path)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new HistoryException($"{path}: there is no such file or folder");

        var files = Directory.EnumerateFiles(path)
            .Where(f => Path.GetExtension(f) is ".json" or ".jsonl")
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw new HistoryException($"{path}: there is no .json or .jsonl file in it");
    }

    static IEnumerable<HistoryEntry> ReadFile(string file)
    {
        try
        {
            return Path.GetExtension(file) == ".json"
                ? [ReadEntry(File.ReadAllText(file), file, file)]
                : [.. File.ReadLines(file)
                    .Select((text, index) => (Text: text, Source: $"{file}:{index + 1}"))
                    .Where(line => !string.IsNullOrWhiteSpace(line.Text))
                    .Select(line => ReadEntry(line.Text, line.Source, line.Source))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HistoryException($"{file}: {e.Message}");
        }
    }

    static HistoryEntry ReadEntry(string text, string source, string image)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new HistoryException($"{source}: it is no JSON object; a push looks like {{\"at\":\"2026-03-01T08:15:00Z\",\"repository\":\"web\",\"tag\":\"1.0\"}}");

            return document.RootElement.TryGetProperty("detail-type", out _) ? ReadEvent(document, source) : ReadPush(document, source, image);
        }
        catch (JsonException e)
        {
            throw new HistoryException($"{source}: {e.Message}");
        }
    }

    static HistoryEntry.Event ReadEvent(JsonDocument document, string source)
    {
        var content = document.Deserialize(FunctionJson.Default.CloudWatchEventImageAction)!;
        return content.Time != default
            ? new(new DateTimeOffset(content.Time, TimeSpan.Zero), source, content)
            : throw new HistoryException($"{source}: the event's time is missing or not a time such as 2026-03-01T08:15:00Z");
    }

    static HistoryEntry.Push ReadPush(JsonDocument document, string source, string image)
    {
        var line = document.Deserialize(HistoryJson.Default.HistoryLine)!;
        if (line.At is not { } at)
            throw new HistoryException($"{source}: \"at\" is missing: the time of the push, such as 2026-03-01T08:15:00Z");
        if (!RepositoryName.IsValid(line.Repository))
            throw new HistoryException($"{source}: \"repository\" is {Shown(line.Repository)}: a name such as team/app, of a-z, 0-9 and . _ - /");
        if (line.Tag is not null && line.Tags is not null)
            throw new HistoryException($"{source}: \"tag\" and \"tags\" are both there: give one of them");
        if (line.Bytes is < 0)
            throw new HistoryException($"{source}: \"bytes\" is {line.Bytes}: a size, 0 or more");

        var tags = line.Tags ?? (line.Tag is null ? [] : [line.Tag]);
        if (tags.FirstOrDefault(t => !IsTag(t)) is { } wrong)
            throw new HistoryException($"{source}: the tag {Shown(wrong)} is none: up to 128 of A-Z, a-z, 0-9 and _ . -, not beginning with . or -");

        return new(at, source, line.Repository, tags, line.Image ?? image, line.Bytes ?? DefaultBytes);
    }

    static bool IsTag(string? text) =>
        text is { Length: > 0 and <= 128 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') && text[0] is not ('.' or '-');

    static string Shown(string? text) => text is null ? "missing" : $"\"{text}\"";
}
