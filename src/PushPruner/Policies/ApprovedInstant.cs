using System.Globalization;

namespace PushPruner.Policies;

/// <summary>
/// The instant that an approval covers, as text: ISO 8601 with an offset. It is written with all the digits that the clock gave: rounded
/// down it would not cover what was pushed in that second and counted; rounded up it would cover what was not shown.
/// </summary>
public static class ApprovedInstant
{
    // Clocks differ by a little. Beyond that it would cover what expires later.
    static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(1);

    static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>What a value may be, for an error.</summary>
    public const string Allowed = "the instant that a halted run printed, such as 2026-11-30T10:00:00Z, and not in the future";

    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString(Formats[0], CultureInfo.InvariantCulture);

    public static bool TryRead(string text, DateTimeOffset now, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant)
        && instant <= now + MostAhead;

    /// <exception cref="SettingException">Names the option, its value and what is allowed.</exception>
    public static DateTimeOffset Read(string name, string text, DateTimeOffset now) =>
        TryRead(text, now, out var instant) ? instant : throw new SettingException(name, text, Allowed);
}
