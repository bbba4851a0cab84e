using PushPruner.Cli.Storage;
using Spectre.Console;

namespace PushPruner.Cli.Simulate;

/// <summary>A table of the policies, storage over time as a line of blocks each, and a table of the months.</summary>
sealed class TextSimulation(TextWriter output, SimulationReport told)
{
    const int MostMonths = 24;

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
        console.Write(
            $"{TextFormat.Repositories(simulation.Repositories)} from {Day(without.From)} to {Day(without.Until)}, "
                + "pruned at each push and every Friday night.");
        if (told.Seen.Basis.Sentence is { } origin)
            console.Write(origin);
        if (told.Seen.Policy.ProtectTags.Patterns.Count > 0)
            console.Write($"What a tag protects is kept ({told.Seen.Policy.ProtectTags}).");
        if (told.Bound == Bound.AtMost)
            console.Write("Sizes and costs are upper bounds (≤), because images share layers.");
        console.Write("");
        console.Table([new(Policies(isNarrow: false), []), new(Policies(isNarrow: true), ["Peak", "On average", "Deleted", "$ so far"])]);
        console.Write("");
        WriteBlocks();
        console.Write("");
        console.Table([new(Months(isNarrow: false), []), new(Months(isNarrow: true), ["what was stored on average"])]);
        foreach (var failed in told.Failed)
            console.Write($"{failed.Repository} couldn't be looked at, and is in none of the numbers.");
        console.Write("");
        console.Write(told.Sentence!);
        console.Write("");
        foreach (var note in told.Notes)
            console.Write($"* {note}", Styles.Quiet);
    }

    Table Policies(bool isNarrow)
    {
        string[] few = ["Policy", "Images", "Stored now", "$ a month now", "$ saved so far"];
        var table = Numbers(
            isNarrow
                ? few
                : Named(
                    "Policy",
                    "Images",
                    "≤Stored now",
                    "≤Peak",
                    "≤On average",
                    "Deleted",
                    "≤$ a month now",
                    "≤$ so far",
                    "≤$ saved so far"));
        foreach (var series in simulation.Courses)
        {
            string[] middle = isNarrow
                ? []
                :
                [
                    Bytes.Shown(series.Peak),
                    Bytes.Shown((long)series.Average(series.From, series.Until)),
                    TextFormat.Number(series.Deleted),
                ];
            string[] cost = isNarrow ? [] : [Price.Dollars(told.Cost(series))];
            var saved = series == simulation.Without ? "" : Price.Dollars(told.Saved(series));
            table.AddRow([
                series.Name,
                TextFormat.Number(series.Last.Images),
                Bytes.Shown(series.Last.Bytes),
                .. middle,
                told.Price.Shown(series.Last.Bytes),
                .. cost,
                saved,
            ]);
        }

        return table;
    }

    // What begins so is bounded as the bytes are.
    string[] Named(params string[] columns) => [.. columns.Select(c => c[0] == '≤' ? told.Bound.Mark() + c[1..] : c)];

    void WriteBlocks()
    {
        const int most = 60;
        const int least = 10;
        const int beside = 20;
        var name = simulation.Courses.Max(c => c.Name.Length);
        var width = Math.Clamp(console.Width - name - beside, least, most);
        var full = simulation.Courses.Max(c => c.Peak);
        console.Write($"Stored over time; a full block is {told.Bound.Before()}{Bytes.Shown(full)}:");
        foreach (var series in simulation.Courses)
            console.Write($"  {series.Name.PadRight(name)}  {Blocks.Of(series, full, width)}  {Bytes.Shown(series.Last.Bytes)}");
    }

    // The latest, where they are many; where there is little room, what they cost alone.
    Table Months(bool isNarrow)
    {
        var table = Numbers(["Month", .. simulation.Courses.Select(c => isNarrow ? c.Short : c.Name)]);
        foreach (var (from, until, _) in simulation.Months().TakeLast(MostMonths))
        {
            string Cell(StorageSeries series)
            {
                var cost = Price.Dollars(series.Cost(from, until, told.Price));
                return isNarrow ? cost : $"{Bytes.Shown((long)series.Average(from, until))}  {cost}";
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

/// <summary>A course as a line of characters, each as high as what was stored in its part of the time.</summary>
static class Blocks
{
    const string Heights = " ▁▂▃▄▅▆▇█";

    /// <param name="most">What a full block stands for.</param>
    /// <param name="width">In characters.</param>
    public static string Of(StorageSeries series, long most, int width)
    {
        var step = (series.Until - series.From) / width;
        return string.Concat(Enumerable.Range(1, width).Select(n => Of(series.At(series.From + (n * step)), most)));
    }

    // What is there at all is seen.
    static char Of(long bytes, long most) =>
        bytes == 0 ? Heights[0] : Heights[Math.Max(1, (int)Math.Round(bytes * (Heights.Length - 1.0) / most))];
}
