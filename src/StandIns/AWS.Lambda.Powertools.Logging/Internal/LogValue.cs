using System.Text.Json;

namespace AWS.Lambda.Powertools.Logging.Internal;

/// <summary>
/// The scalars that the real package's JSON context knows and the product logs. All others are refused, here in every build: in native code
/// the real one refuses them, and development must not hide that.
/// </summary>
static class LogValue
{
    internal static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            default: throw new NotSupportedException($"JsonTypeInfo metadata for type '{value.GetType()}' was not provided.");
        }
    }
}
