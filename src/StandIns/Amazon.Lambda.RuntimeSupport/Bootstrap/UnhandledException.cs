using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What the loop itself prints of an exception. As a JSON line where Lambda's log format is that: text would be as many lines as it has.</summary>
static class UnhandledException
{
    internal static string Shown(Exception exception, string requestId = null, string traceId = null)
    {
        if (!string.Equals(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT"), "JSON", StringComparison.OrdinalIgnoreCase))
        {
            return exception.ToString();
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", TimeProvider.System.GetUtcNow().UtcDateTime);
            json.WriteString("level", "Error");
            WriteIfThere(json, "requestId", requestId);
            WriteIfThere(json, "traceId", traceId);
            json.WriteString("message", exception.ToString());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void WriteIfThere(Utf8JsonWriter json, string name, string value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
