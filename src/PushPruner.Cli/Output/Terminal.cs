using Spectre.Console;

namespace PushPruner.Cli.Output;

/// <summary>Consoles for people: colours only on a terminal, and no lines broken where the output goes to a file.</summary>
static class Terminal
{
    const int WidthOfFiles = 10_000;

    public static IAnsiConsole On(TextWriter output)
    {
        var target = new AnsiConsoleOutput(output);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            Ansi = target.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = target.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!target.IsTerminal)
            console.Profile.Width = WidthOfFiles;
        return console;
    }
}
