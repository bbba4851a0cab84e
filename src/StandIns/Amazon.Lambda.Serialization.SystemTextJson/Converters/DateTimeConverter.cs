using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

public class DateTimeConverter : JsonConverter<DateTime>
{
    // Some event sources send milliseconds; as seconds they would lie beyond the year 5000.
    const long SecondsUntilYear5000 = 157_753_180_800;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String when reader.TryGetDateTime(out var time) => time,
        JsonTokenType.Number when reader.TryGetInt64(out var whole) && whole > SecondsUntilYear5000 =>
            DateTime.UnixEpoch.AddMilliseconds(whole),
        JsonTokenType.Number when reader.TryGetDouble(out var seconds) => DateTime.UnixEpoch.AddSeconds(seconds),
        _ => throw new JsonSerializerException($"Unknown data type for DateTime: {reader.TokenType}"),
    };

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
