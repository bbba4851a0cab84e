using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace AWS.Lambda.Powertools.Logging.Internal;

/// <summary>One JSON object on one line, its keys in the order of the real package.</summary>
sealed class LogLine(string category, LoggerSettings settings)
{
    // Relaxed as the real package's: quotes, backslashes and control characters are escaped, so no value ends its string or its line.
    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What the logger says of itself, no argument can say.
    static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "ColdStart", "Exception", "FunctionArn", "FunctionMemorySize", "FunctionName", "FunctionRequestId", "FunctionVersion",
        "Name", "Level", "Message", "SamplingRate", "Service", "Timestamp", "XRayTraceId");

    // Told apart by their spelling, as in the real package: "repository" and "Repository" are both written, and both as "repository".
    readonly HashSet<string> _written = new(StringComparer.Ordinal);

    internal string Write(
        LogLevel level,
        string message,
        IEnumerable<KeyValuePair<string, object>> scope,
        IEnumerable<KeyValuePair<string, object>> arguments,
        Exception exception)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            Add(json, settings.LevelKey, level.ToString());
            Add(json, "message", message);
            Add(json, "timestamp", Now.ToString("o", CultureInfo.InvariantCulture));
            Add(json, "service", settings.Service);
            Add(json, "cold_start", ColdStart.IsNow);
            if (TraceId is { } trace)
            {
                Add(json, "xray_trace_id", trace);
            }

            Add(json, "name", category);
            AddAll(json, Logger.GetAllKeys());
            AddAll(json, scope ?? []);
            AddAll(json, arguments ?? []);
            if (exception is not null && _written.Add("exception"))
            {
                json.WritePropertyName(settings.Keys.Of("exception"));
                Write(json, exception);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    static string TraceId =>
        Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID")?.Split(';', StringSplitOptions.RemoveEmptyEntries) is [var root, ..]
            ? root.Replace("Root=", "", StringComparison.Ordinal)
            : null;

    void AddAll(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object>> pairs)
    {
        foreach (var (key, value) in pairs)
        {
            var name = key.TrimStart('@');
            if (!string.IsNullOrWhiteSpace(name)
                && key is not "{OriginalFormat}"
                && !Reserved.Contains(name.Replace("_", "", StringComparison.Ordinal)))
            {
                Add(json, name, value);
            }
        }
    }

    void Add(Utf8JsonWriter json, string key, object value)
    {
        if (_written.Add(key))
        {
            json.WritePropertyName(settings.Keys.Of(key));
            LogValue.Write(json, value);
        }
    }

    void Write(Utf8JsonWriter json, Exception exception)
    {
        json.WriteStartObject();
        json.WriteString(settings.Keys.Of("Type"), exception.GetType().FullName);
        json.WriteString(settings.Keys.Of("Message"), exception.Message);
        json.WriteString(settings.Keys.Of("Source"), exception.Source);
        json.WriteString(settings.Keys.Of("StackTrace"), exception.StackTrace);
        if (exception.InnerException is { } inner)
        {
            json.WritePropertyName(settings.Keys.Of("InnerException"));
            Write(json, inner);
        }

        json.WriteEndObject();
    }
}
