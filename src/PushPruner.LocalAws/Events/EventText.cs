using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PushPruner.LocalAws;

/// <summary>The envelope of EventBridge around a detail, with the keys in the order of recorded events.</summary>
static class EventText
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Of(
        LocalRegistryOptions registry,
        string id,
        string detailType,
        DateTimeOffset at,
        string? resource,
        IEnumerable<(string Key, string? Value)> detail)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("version", "0");
            json.WriteString("id", id);
            json.WriteString("detail-type", detailType);
            json.WriteString("source", "aws.ecr");
            json.WriteString("account", registry.AccountId);

            // An event's time has whole seconds, whatever the push time has.
            json.WriteString("time", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("region", registry.Region);
            json.WriteStartArray("resources");
            if (resource is not null)
                json.WriteStringValue(resource);
            json.WriteEndArray();
            json.WriteStartObject("detail");
            foreach (var (key, value) in detail)
            {
                if (value is not null)
                    json.WriteString(key, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
