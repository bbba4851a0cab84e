using PushPruner.Cli.Report.Charts;

namespace PushPruner.Cli.Report;

/// <summary>Storage over time, before and after.</summary>
sealed class StorageSection(Findings found)
{
    const int MostRows = 36;

    static readonly int[] Steps = [1, 7, 30, 91, 365];

    public void Write(Markup html)
    {
        var points = found.History.Points();
        using var section = html.Open("section", ("aria-labelledby", "storage"));
        html.Element("h2", "Storage over time", ("id", "storage"));
        html.Element(
            "p", "What is in the registry today, by the day of its push; and what would be left of it on each day, had the policy held all along. What was deleted before isn't known.", ("class", "muted"));
        Line[] lines =
        [
            new("As it is", [.. points.Select(p => (p.Day, p.Without))]),
            new("With this policy", [.. points.Select(p => (p.Day, p.With))]),
        ];
        new LineChart(lines, RowsOf(points), found.Price).Write(html, "Bytes stored over time, as it is and with this policy");
    }

    // Back from today, so that the last row has today's numbers.
    static List<DateOnly> RowsOf(IReadOnlyList<StoragePoint> points)
    {
        var (first, last) = (points[0].Day, points[^1].Day);
        var days = last.DayNumber - first.DayNumber;
        var step = Steps.FirstOrDefault(s => days / s < MostRows, Steps[^1]);
        var rows = new List<DateOnly>();
        for (var day = last; day > first; day = day.AddDays(-step))
            rows.Add(day);
        rows.Add(first);
        rows.Reverse();
        return rows;
    }
}
