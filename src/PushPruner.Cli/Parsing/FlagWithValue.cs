using System.CommandLine;

namespace PushPruner.Cli.Parsing;

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
