using PushPruner.Cli.Plan.InUse;
using PushPruner.Cli.Saved;
using PushPruner.Lambda.Events;

namespace PushPruner.Cli.Replay;

/// <summary>
/// Reads a line of a history, such as <c>{"at":"2026-03-01T08:15:00Z","repository":"web","tag":"1.0.1","bytes":52428800}</c>. Strict: a
/// misspelt field is an error, not a push without a tag.
/// </summary>
static class PushLine
{
    const long DefaultBytes = 25_000_000;

    /// <param name="source">File and line, for errors; also names the content of a line that names none.</param>
    /// <exception cref="InputException">Says what is wrong.</exception>
    public static HistoryEntry.Push Read(JsonElement line, string source)
    {
        DateTimeOffset? at = null;
        string? repository = null, tag = null, image = null;
        IReadOnlyList<string>? tags = null;
        long? bytes = null;
        foreach (var field in line.EnumerateObject())
        {
            var value = field.Value;
            switch (field.Name)
            {
                case "at":
                    at =
                        Text(value) is { } text
                        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                        && HistoryEntry.IsPlayable(time)
                            ? time
                            : throw Wrong(field, "the time of the push, such as \"2026-03-01T08:15:00Z\"");
                    break;
                case "repository":
                    repository = RepositoryName.IsValid(Text(value))
                        ? Text(value)
                        : throw Wrong(field, "a name such as \"team/app\", of a-z, 0-9 and . _ - /");
                    break;
                case "tag":
                    tag = Tag(value) ?? throw Wrong(field, AllowedTags);
                    break;
                case "tags":
                    tags = value.ValueKind == JsonValueKind.Array
                        ? [.. value.EnumerateArray().Select(item => Tag(item) ?? throw Wrong(field, $"each {AllowedTags}"))]
                        : throw Wrong(field, "a list such as [\"1.0\",\"latest\"]");
                    break;
                case "image":
                    image = Text(value) ?? throw Wrong(field, "a name for what is pushed; the same name again is the same image");
                    break;
                case "bytes":
                    bytes =
                        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var size) && size >= 0
                            ? size
                            : throw Wrong(field, "a size, 0 or more");
                    break;
                default:
                    throw new InputException(
                        $"{source}: \"{field.Name}\" is no field of a push; there are at, repository, tag, tags, image and bytes");
            }
        }

        if (tag is not null && tags is not null)
            throw new InputException($"{source}: \"tag\" and \"tags\" are both there: give one of them");

        return new(
            at ?? throw Missing("at"),
            source,
            repository ?? throw Missing("repository"),
            tags ?? (tag is null ? [] : [tag]),
            image ?? source,
            bytes ?? DefaultBytes);

        InputException Wrong(JsonProperty field, string allowed) =>
            new($"{source}: \"{field.Name}\" is {field.Value.GetRawText()}: {allowed}");

        InputException Missing(string name) => new(
            $"{source}: \"{name}\" is missing; a push looks like "
                + $"{{\"at\":\"2026-03-01T08:15:00Z\",\"repository\":\"web\",\"tag\":\"1.0\"}}");
    }

    const string AllowedTags = "up to 128 of A-Z, a-z, 0-9 and _ . -, not beginning with . or -";

    static string? Tag(JsonElement value) => Text(value) is { } text && Reference.IsTag(text) ? text : null;

    static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: valid JSON, but no text.
            return null;
        }
    }
}
