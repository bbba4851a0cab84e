using System.Text.RegularExpressions;

namespace PushPruner.Tests.Model;

/// <summary>A state as a person reads it: what says nothing is left out.</summary>
static partial class StateText
{
    public static string Of<T>(T state) where T : notnull => Empty().Replace(Silent().Replace($"{state}", ""), "");

    [GeneratedRegex(
        @"\b\w+ = (None|No|Idle|False)(, )?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Silent();

    [GeneratedRegex(
        @"\b\w+ = \w+ \{ +\}(, )?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Empty();
}
