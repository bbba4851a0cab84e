using System.CommandLine;
using System.CommandLine.Parsing;

namespace PushPruner.Cli;

/// <summary>
/// Where an argument or an option takes any number of values, a misspelt option would be taken for one of them, and silently do nothing.
/// </summary>
static class UnknownOption
{
    public static void IsRefusedBy<T>(Command command, Argument<T> argument) => argument.Validators.Add(result => Refuse(command, result, result.Tokens));

    public static void IsRefusedBy<T>(Command command, Option<T> option) => option.Validators.Add(result => Refuse(command, result, result.Tokens));

    static void Refuse(Command command, SymbolResult result, IEnumerable<Token> tokens)
    {
        foreach (var token in tokens.Where(t => t.Value.StartsWith('-')))
        {
            var nearest = command.Options.Select(o => o.Name).MinBy(name => Distance(name, token.Value));
            result.AddError($"there is no option {token.Value}; did you mean {nearest}?");
        }
    }

    // Levenshtein's.
    static int Distance(string a, string b)
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
}
