using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One line of the log as the runtime writes it: JSON if Lambda's log format is that, otherwise text behind tabs.</summary>
static class LogLine
{
    internal static string Of(string level, string message, Exception exception, string requestId, string traceId)
    {
        var timestamp = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return IsJson
            ? Json(timestamp, level, message, exception, requestId, traceId)
            : $"{timestamp}\t{requestId}\t{(level is "Error" ? "fail" : "info")}\t{message ?? exception?.ToString()}";
    }

    static bool IsJson =>
        string.Equals(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT"), "JSON", StringComparison.OrdinalIgnoreCase);

    static string Json(string timestamp, string level, string message, Exception exception, string requestId, string traceId)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", timestamp);
            json.WriteString("level", level);
            WriteIfThere(json, "requestId", requestId);
            WriteIfThere(json, "traceId", traceId);
            json.WriteString("message", message ?? "");
            if (exception is not null)
            {
                Write(json, exception);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // The message of such a line is empty: what happened is in these fields.
    static void Write(Utf8JsonWriter json, Exception exception)
    {
        json.WriteString("errorType", exception.GetType().FullName);
        json.WriteString("errorMessage", exception.Message);
        json.WriteStartArray("stackTrace");
        foreach (var line in exception.ToString().Split('\n'))
        {
            json.WriteStringValue(line.Trim());
        }

        json.WriteEndArray();
    }

    static void WriteIfThere(Utf8JsonWriter json, string name, string value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
