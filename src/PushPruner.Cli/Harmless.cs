using System.Globalization;
using System.Text;

namespace PushPruner.Cli;

/// <summary>
/// Text that others wrote, made fit for a terminal: names, tags and messages come from a registry that anybody may push to, and a
/// terminal would obey what is hidden in them.
/// </summary>
static class Harmless
{
    /// <summary>One line of it, in which what a terminal would obey, or hide, stands as U+FFFD.</summary>
    public static string Text(string? text)
    {
        var harmless = new StringBuilder();
        foreach (var rune in (text ?? "").ReplaceLineEndings(" ").EnumerateRunes())
            harmless.Append(IsShown(rune) ? rune : Rune.ReplacementChar);
        return harmless.ToString();
    }

    // Formats are among them those that turn the direction of writing.
    static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
