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
            var nearest = command.Options.Select(o => o.Name).MinBy(name => Likeness.Distance(name, token.Value));
            result.AddError($"there is no option {token.Value}; did you mean {nearest}?");
        }
    }
}
