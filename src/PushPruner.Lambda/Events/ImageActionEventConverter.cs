using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;

namespace PushPruner.Lambda.Events;

/// <summary>
/// Reads an event field by field, and leaves out fields that are missing or of another type. So the function can answer what is wrong with
/// an unexpected event. Otherwise it would fail inside the serializer, and Lambda would retry it.
/// </summary>
public sealed class ImageActionEventConverter : JsonConverter<CloudWatchEvent<ImageAction>>
{
    public override CloudWatchEvent<ImageAction> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return new CloudWatchEvent<ImageAction>
        {
            Version = Text(root, "version"),
            Id = Text(root, "id"),
            DetailType = Text(root, "detail-type"),
            Source = Text(root, "source"),
            Account = Text(root, "account"),
            Region = Text(root, "region"),
            Time = Time(root),
            Detail = Member(root, "detail") is { } detail ? Detail(detail)! : null!,
        };
    }

    public override void Write(Utf8JsonWriter writer, CloudWatchEvent<ImageAction> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("events are only read");

    static ImageAction? Detail(JsonElement detail) => detail.ValueKind != JsonValueKind.Object ? null : new ImageAction
    {
        ActionType = Text(detail, "action-type"),
        Result = Text(detail, "result"),
        RepositoryName = Text(detail, "repository-name"),
        ImageDigest = Text(detail, "image-digest"),
        ImageTag = Text(detail, "image-tag"),
        ManifestMediaType = Text(detail, "manifest-media-type"),
        ArtifactMediaType = Text(detail, "artifact-media-type"),
    };

    static string? Text(JsonElement parent, string name)
    {
        try
        {
            return Member(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: valid JSON, but no text.
            return null;
        }
    }

    static JsonElement? Member(JsonElement parent, string name)
    {
        try
        {
            return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // The same in the name of another member.
            return null;
        }
    }

    // The default of DateTime, the year 1, means that the time is missing or unreadable.
    static DateTime Time(JsonElement root) =>
        DateTimeOffset.TryParse(Text(root, "time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime
            : default;
}
