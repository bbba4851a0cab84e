using System.CommandLine;

namespace PushPruner.Cli.Parsing;

/// <summary><c>pushpruner help VERB</c>, which is <c>pushpruner VERB --help</c>.</summary>
static class HelpCommand
{
    const string Name = "help";

    public static Command Create()
    {
        var verb = new Argument<string[]>("COMMAND") { Description = "The command to read about.", Arity = ArgumentArity.ZeroOrOne };
        return new Command(Name, """
            Prints the help of a command, as COMMAND --help does.

            Examples:
              pushpruner help plan

            Exit codes:
              0    printed
              2    there is no such command
            """)
        {
            verb,
        };
    }

    /// <summary>The arguments that print what was asked for, where help was.</summary>
    public static string[] Replaced(string[] args, RootCommand root) => args switch
    {
        [Name] => ["--help"],
        // A misspelt one is refused as it is without help in front.
        [Name, var verb] when !verb.StartsWith('-') => root.Subcommands.Any(c => c.Name == verb) ? [verb, "--help"] : [verb],
        _ => args,
    };
}
