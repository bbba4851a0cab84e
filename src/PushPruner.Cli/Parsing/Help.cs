using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PushPruner.Cli.Parsing;

/// <summary>
/// A command's description is a sentence and, after it, all that there is to tell. The library would print all of it wherever the command
/// is named; this prints the sentence there, and the rest in the command's own help alone.
/// </summary>
sealed class Help : SynchronousCommandLineAction
{
    // Longer lines are hard to read.
    const int Widest = 100;

    readonly Dictionary<Command, string> details = [];
    readonly SynchronousCommandLineAction summary;

    Help(SynchronousCommandLineAction summary) => this.summary = summary;

    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        var help = new Help((SynchronousCommandLineAction)option.Action!);
        foreach (var command in root.Subcommands)
            help.Split(command);
        option.Action = help;
    }

    /// <summary>What to type to be told of the command that was meant.</summary>
    public static string CommandFor(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "pushpruner --help" : $"pushpruner {parsed.CommandResult.Command.Name} --help";

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = summary.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (details.TryGetValue(parseResult.CommandResult.Command, out var text))
            output.WriteLine(Paragraphs.Wrap(text.TrimEnd(), Math.Min(Terminal.On(output).Profile.Width, Widest)));
        return exitCode;
    }

    void Split(Command command)
    {
        if (command.Description?.Split('\n', 2) is not [var sentence, var rest])
            return;

        command.Description = sentence.TrimEnd();
        details[command] = rest.Trim('\r', '\n');
    }
}

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
