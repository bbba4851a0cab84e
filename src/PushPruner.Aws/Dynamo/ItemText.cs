using System.Globalization;

namespace PushPruner.Aws.Dynamo;

/// <summary>How an item has times: exact to the tick, and in the order of time when compared as text.</summary>
static class ItemText
{
    const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    const string SpanFormat = "c";

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static string Of(TimeSpan span) => span.ToString(SpanFormat, CultureInfo.InvariantCulture);

    public static bool TryReadTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    public static bool TryReadSpan(string text, out TimeSpan span) =>
        TimeSpan.TryParseExact(text, SpanFormat, CultureInfo.InvariantCulture, out span);
}
