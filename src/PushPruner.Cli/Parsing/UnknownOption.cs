using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

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
