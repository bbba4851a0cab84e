using System.CommandLine;

namespace PushPruner.Cli.Options;

/// <summary>The option of every command that takes its time: no word of how far it is. Errors are printed all the same.</summary>
static class QuietOption
{
    const string Name = "--quiet";

    public static void AddTo(Command command) => command.Options.Add(
        new Option<bool>(Name, "-q")
        {
            Arity = ArgumentArity.Zero, Description = "Don't print progress; errors are printed all the same.",
        }
    );

    public static bool IsIn(ParseResult parsed) => parsed.CommandResult.Command.Options.Any(o => o.Name == Name && parsed.IsGiven(o));
}
