using System.Globalization;
using Spectre.Console;

namespace PushPruner.Cli.Simulate;

/// <summary>A table of the policies, storage over time as a line of blocks each, and a table of the months.</summary>
sealed class TextSimulation(TextWriter output, Told told)
{
    const int MostMonths = 24;

    static readonly Style Quiet = new(Color.Grey);

    readonly IAnsiConsole console = Terminal.On(output);
    readonly Simulation simulation = told.Simulation;

    public void Write()
    {
        if (told.Seen.Source.Title is { } title)
            Line(title);
        if (simulation.Courses.Count == 0)
        {
            Line("There is no image with a time of its push, so there is nothing to play.");
            return;
        }

        var without = simulation.Without;
        Line($"{Words.Count(simulation.Repositories, "repository", "repositories")} from {Day(without.From)} to {Day(without.Until)}, pruned at each push and every Friday night.");
        if (told.Seen.Policy.ProtectTags.Patterns.Count > 0)
            Line($"What a tag protects stays ({told.Seen.Policy.ProtectTags}).");
        console.WriteLine();
        console.Write(Policies());
        console.WriteLine();
        WriteBlocks();
        console.WriteLine();
        console.Write(Months());
        foreach (var failed in told.Failed)
            Line($"{failed.Repository} couldn't be looked at, and is in none of the numbers.");
        console.WriteLine();
        foreach (var note in told.Notes)
            Line($"* {note}", Quiet);
    }

    Table Policies()
    {
        var table = Numbers("Policy", "Images", "Stored now", "At most", "On average", "Deleted", "$ a month now", "$ so far", "$ saved so far");
        foreach (var course in simulation.Courses)
        {
            table.AddRow(
                course.Name, Words.Number(course.Last.Images), Bytes.Shown(course.Last.Bytes), Bytes.Shown(course.Peak), Bytes.Shown((long)course.Average(course.From, course.Until)),
                Words.Number(course.Deleted), told.Price.Shown(course.Last.Bytes), Price.Dollars(told.Cost(course)), course == simulation.Without ? "" : Price.Dollars(told.Saved(course)));
        }

        return table;
    }

    void WriteBlocks()
    {
        var width = simulation.Courses.Max(c => c.Name.Length);
        var most = simulation.Courses.Max(c => c.Peak);
        Line($"Stored over time; a full block is {Bytes.Shown(most)}:");
        foreach (var course in simulation.Courses)
            Line($"  {course.Name.PadRight(width)}  {Blocks.Of(course, most)}  {Bytes.Shown(course.Last.Bytes)}");
    }

    // The latest, where they are many.
    Table Months()
    {
        var table = Numbers(["Month", .. simulation.Courses.Select(c => c.Name)]);
        foreach (var (from, until, _) in simulation.Months().TakeLast(MostMonths))
        {
            table.AddRow(
                [from.ToString("yyyy-MM", CultureInfo.InvariantCulture), .. simulation.Courses.Select(c => $"{Bytes.Shown((long)c.Average(from, until))}  {Price.Dollars(c.Cost(from, until, told.Price))}")]);
        }

        return table;
    }

    static Table Numbers(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var (index, name) in columns.Index())
        {
            var column = new TableColumn(new Text(name)) { NoWrap = index > 0 };
            table.AddColumn(index == 0 ? column : column.RightAligned());
        }

        return table;
    }

    static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    void Line(string text) => Line(text, Style.Plain);

    void Line(string text, Style style)
    {
        console.Write(Harmless.Text(text), style);
        console.WriteLine();
    }
}
