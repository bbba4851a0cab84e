using System.CommandLine.Parsing;

namespace PushPruner.Cli.Parsing;

/// <summary>
/// The parser takes a misspelt option for a value wherever one may stand: for a file after <c>--from X</c>, for a repository, for the name
/// of a page. No value of this program begins with a dash but negative numbers, which have a message of their own, and <c>-</c>, the
/// standard input.
/// </summary>
static class UnknownOption
{
    // Farther from each other, a suggestion only puzzles.
    const int Farthest = 3;

    /// <returns>What to say of the first; null when there is none.</returns>
    public static string? In(ParseResult parsed)
    {
        // After a bare -- everything is a value; then it is refused as such.
        var token = parsed.Tokens
            .TakeWhile(t => t.Type != TokenType.DoubleDash)
            .FirstOrDefault(t => t.Type == TokenType.Argument && IsLikeAnOption(t.Value))
            ?.Value;
        if (token is null)
            return null;

        var names = parsed.CommandResult.Command.Options
            .Append(
                parsed.RootCommandResult.Command.Options.OfType<System.CommandLine.Help.HelpOption>().Single())
            .SelectMany(o => o.Aliases.Prepend(o.Name))
            .Where(n => n.StartsWith('-'))
            .ToList();
        var name = token.Split('=', ':')[0];
        var nearest = names.MinBy(n => NameSuggestions.Distance(n, name))!;
        var suggestion = NameSuggestions.Distance(nearest, name) <= Farthest ? $"; did you mean {nearest}?" : "";
        return $"there is no option {SafeText.Line(name)}{suggestion}";
    }

    static bool IsLikeAnOption(string text) =>
        text.Length > 1
        && text[0] == '-'
        && !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}

/// <summary>How much two names look alike.</summary>
static class NameSuggestions
{
    /// <summary>Levenshtein's distance: how many letters to put in, to take out or to change.</summary>
    public static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }

    /// <summary>The names that may have been meant, the likest first.</summary>
    public static IReadOnlyList<string> Nearest(string name, IEnumerable<string> names, int most)
    {
        var farthest = Math.Max(1, name.Length / 3);
        return
        [
            .. names.Distinct(StringComparer.Ordinal)
                .Where(n => Math.Abs(n.Length - name.Length) <= farthest || n.Contains(name, StringComparison.OrdinalIgnoreCase))
                .Select(n => (Name: n, Distance: n.Contains(name, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, n)))
                .Where(n => n.Distance <= farthest)
                .OrderBy(n => n.Distance).ThenBy(n => n.Name.Length).ThenBy(n => n.Name, StringComparer.Ordinal)
                .Take(most).Select(n => n.Name),
        ];
    }
}

/// <summary>The parser takes <c>--yes=false</c> for a flag that is set and an argument "false", the opposite of what was meant.</summary>
static class FlagWithValue
{
    /// <returns>The first flag that a value is attached to, null when there is none.</returns>
    public static string? In(IReadOnlyCollection<string> args, ParseResult parsed) =>
        parsed.CommandResult.Command.Options
            .Where(o => o.Arity.MaximumNumberOfValues == 0)
            .SelectMany(o => o.Aliases.Append(o.Name))
            .FirstOrDefault(name =>
                args.Any(a => a.StartsWith($"{name}=", StringComparison.Ordinal) || a.StartsWith($"{name}:", StringComparison.Ordinal)));
}
