using System.Globalization;
using Spectre.Console;

namespace PushPruner.Cli.Simulate;

/// <summary>A table of the policies, storage over time as a line of blocks each, and a table of the months.</summary>
sealed class TextSimulation(TextWriter output, Told told)
{
    const int MostMonths = 24;

    static readonly Style Quiet = new(Color.Grey);

    readonly PlainConsole console = new(output);
    readonly Simulation simulation = told.Simulation;

    public void Write()
    {
        if (told.Seen.Source.Title is { } title)
            console.Write(title);
        if (simulation.Courses.Count == 0)
        {
            console.Write("There is no image with a time of its push, so there is nothing to play.");
            return;
        }

        var without = simulation.Without;
        console.Write($"{Words.Count(simulation.Repositories, "repository", "repositories")} from {Day(without.From)} to {Day(without.Until)}, pruned at each push and every Friday night.");
        if (told.Seen.Policy.ProtectTags.Patterns.Count > 0)
            console.Write($"What a tag protects stays ({told.Seen.Policy.ProtectTags}).");
        console.Write("");
        console.Table([Policies(isNarrow: false), Policies(isNarrow: true)]);
        console.Write("");
        WriteBlocks();
        console.Write("");
        console.Table([Months(isNarrow: false), Months(isNarrow: true)]);
        foreach (var failed in told.Failed)
            console.Write($"{failed.Repository} couldn't be looked at, and is in none of the numbers.");
        console.Write("");
        foreach (var note in told.Notes)
            console.Write($"* {note}", Quiet);
    }

    Table Policies(bool isNarrow)
    {
        string[] few = ["Policy", "Images", "Stored now", "$ a month now", "$ saved so far"];
        var table = Numbers(isNarrow ? few : ["Policy", "Images", "Stored now", "At most", "On average", "Deleted", "$ a month now", "$ so far", "$ saved so far"]);
        foreach (var course in simulation.Courses)
        {
            string[] middle = isNarrow
                ? []
                : [Bytes.Shown(course.Peak), Bytes.Shown((long)course.Average(course.From, course.Until)), Words.Number(course.Deleted)];
            string[] cost = isNarrow ? [] : [Price.Dollars(told.Cost(course))];
            var saved = course == simulation.Without ? "" : Price.Dollars(told.Saved(course));
            table.AddRow([course.Name, Words.Number(course.Last.Images), Bytes.Shown(course.Last.Bytes), .. middle, told.Price.Shown(course.Last.Bytes), .. cost, saved]);
        }

        return table;
    }

    void WriteBlocks()
    {
        const int most = 60;
        const int least = 10;
        const int beside = 20;
        var name = simulation.Courses.Max(c => c.Name.Length);
        var width = Math.Clamp(console.Width - name - beside, least, most);
        var full = simulation.Courses.Max(c => c.Peak);
        console.Write($"Stored over time; a full block is {Bytes.Shown(full)}:");
        foreach (var course in simulation.Courses)
            console.Write($"  {course.Name.PadRight(name)}  {Blocks.Of(course, full, width)}  {Bytes.Shown(course.Last.Bytes)}");
    }

    // The latest, where they are many; where there is little room, what they cost alone.
    Table Months(bool isNarrow)
    {
        var table = Numbers(["Month", .. simulation.Courses.Select(c => isNarrow ? c.Short : c.Name)]);
        foreach (var (from, until, _) in simulation.Months().TakeLast(MostMonths))
        {
            string Cell(Course course)
            {
                var cost = Price.Dollars(course.Cost(from, until, told.Price));
                return isNarrow ? cost : $"{Bytes.Shown((long)course.Average(from, until))}  {cost}";
            }

            table.AddRow([from.ToString("yyyy-MM", CultureInfo.InvariantCulture), .. simulation.Courses.Select(Cell)]);
        }

        return table;
    }

    static Table Numbers(params IReadOnlyList<string> columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var (index, name) in columns.Index())
        {
            var column = new TableColumn(new Text(name)) { NoWrap = true };
            table.AddColumn(index == 0 ? column : column.RightAligned());
        }

        return table;
    }

    static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
