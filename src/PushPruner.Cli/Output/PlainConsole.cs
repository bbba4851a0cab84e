using Spectre.Console;
using Spectre.Console.Rendering;

namespace PushPruner.Cli.Output;

/// <summary>Lines for people. Never markup: tags and names are not ours, and brackets in them must not be read as styles.</summary>
sealed class PlainConsole(TextWriter output)
{
    const int MostColumns = 10_000;

    readonly IAnsiConsole console = Terminal.On(output);

    /// <summary>In characters.</summary>
    public int Width => console.Profile.Width;

    public void Write(string line) => Write(line, Style.Plain);

    public void Write(string line, Style style)
    {
        console.Write(SafeText.Line(line), style);
        console.WriteLine();
    }

    /// <summary>A line that what is written next goes on with.</summary>
    public void Begin(string line) => console.Write(SafeText.Line(line), Style.Plain);

    /// <summary>As wide as there is room: where that is too little, its lines are broken.</summary>
    public void Write(Table table) => console.Write(table);

    /// <summary>The first that fits in, and what it leaves out. The last is shown as it is, whatever the terminal makes of it.</summary>
    public void Table(IEnumerable<FittingTable> widestFirst)
    {
        var options = RenderOptions.Create(console, console.Profile.Capabilities);
        var (before, chosen, width) = (console.Profile.Width, default(FittingTable), 0);
        foreach (var table in widestFirst)
        {
            (chosen, width) = (table, ((IRenderable)table.Table).Measure(options, MostColumns).Max);
            if (width <= before)
                break;
        }

        if (chosen is null)
            return;

        console.Profile.Width = Math.Max(before, width);
        console.Write(chosen.Table);
        console.Profile.Width = before;
        if (chosen.LeftOut.Count > 0)
            Write($"Left out, because the terminal is narrow: {string.Join(", ", chosen.LeftOut)}.", Styles.Quiet);
    }
}

/// <summary>A table of which several are drawn, so that one fits.</summary>
/// <param name="LeftOut">The columns that it lacks.</param>
sealed record FittingTable(Table Table, IReadOnlyList<string> LeftOut);

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

/// <summary>
/// How text is set apart on a terminal, whatever its theme: of the colours only those that a dark and a light one both show.
/// </summary>
static class Styles
{
    /// <summary>What need not be read. Dim, because the grey of the sixteen colours (8) is the background of some dark themes.</summary>
    public static Style Quiet { get; } = new(decoration: Decoration.Dim);

    public static Style Good { get; } = new(Color.Green);

    public static Style Odd { get; } = new(Color.Yellow);

    public static Style Bad { get; } = new(Color.Red);
}
