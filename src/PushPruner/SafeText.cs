using System.Globalization;
using System.Text;

namespace PushPruner;

/// <summary>
/// Text that others wrote, made fit to be read: names, tags and messages come from a registry that anybody may push to. What ends a line,
/// turns the direction of writing or is obeyed by a terminal does not get through.
/// </summary>
public static class SafeText
{
    /// <summary>How many characters are shown by default.</summary>
    public const int Longest = 2_000;

    /// <summary>
    /// For a log: short, with <c>\u001b</c> instead of what is not shown. A JSON writer escapes by itself what would end its string; this
    /// is for who reads.
    /// </summary>
    public static string Of(string? text, int longest = Longest)
    {
        var shown = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (shown.Length >= longest)
                return shown.Append("...").ToString();

            if (IsPlain(rune))
                shown.Append(rune);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }

        return shown.ToString();
    }

    /// <summary>A time as <c>2026-08-01T00:00:00Z</c>, with a fraction only if there is one; null if there is no time.</summary>
    public static string? Of(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// The tags with blanks between, as far as there is room: an image may have 1,000 tags of 300 characters, and the tombstone has them
    /// all.
    /// </summary>
    public static string Of(IReadOnlyList<string> tags)
    {
        var shown = new StringBuilder();
        foreach (var (number, tag) in tags.Index())
        {
            if (shown.Length >= Longest)
                return shown.Append(CultureInfo.InvariantCulture, $" and {tags.Count - number} more").ToString();

            shown.Append(number > 0 ? " " : "").Append(Of(tag, Longest));
        }

        return shown.ToString();
    }

    /// <summary>For a terminal: one line of it, with U+FFFD instead of what is not shown.</summary>
    public static string Line(string? text)
    {
        var shown = new StringBuilder();
        foreach (var rune in (text ?? "").ReplaceLineEndings(" ").EnumerateRunes())
            shown.Append(IsPlain(rune) ? rune : Rune.ReplacementChar);
        return shown.ToString();
    }

    // Formats are among them those that turn the direction of writing. A half of a surrogate pair comes as U+FFFD.
    static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
