namespace PushPruner.Cli.Report;

/// <summary>The days of a chart's table: few enough to read, back from the last, so that the last row has today's numbers.</summary>
static class TableDays
{
    const int MostRows = 36;

    static readonly int[] Steps = [1, 7, 30, 91, 365];

    public static IReadOnlyList<DateOnly> Of(DateOnly first, DateOnly last)
    {
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
