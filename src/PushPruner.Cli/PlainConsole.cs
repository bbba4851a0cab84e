using Spectre.Console;
using Spectre.Console.Rendering;

namespace PushPruner.Cli;

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
        console.Write(Harmless.Text(line), style);
        console.WriteLine();
    }

    /// <summary>A line that what is written next goes on with.</summary>
    public void Begin(string line) => console.Write(Harmless.Text(line), Style.Plain);

    /// <summary>As wide as there is room: where that is too little, its lines are broken.</summary>
    public void Write(Table table) => console.Write(table);

    /// <summary>The first that fits in; none may lose anything, so the last is shown as it is, whatever the terminal makes of it.</summary>
    public void Table(IReadOnlyList<Table> widestFirst)
    {
        var options = RenderOptions.Create(console, console.Profile.Capabilities);
        var (table, width) = widestFirst.Select(t => (Table: t, Width: ((IRenderable)t).Measure(options, MostColumns).Max)).First(t => t.Width <= console.Profile.Width || t.Table == widestFirst[^1]);
        var before = console.Profile.Width;
        console.Profile.Width = Math.Max(before, width);
        console.Write(table);
        console.Profile.Width = before;
    }
}
