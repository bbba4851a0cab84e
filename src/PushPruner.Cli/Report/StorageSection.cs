using PushPruner.Cli.Report.Charts;

namespace PushPruner.Cli.Report;

/// <summary>Storage over time, before and after.</summary>
sealed class StorageSection(Findings found)
{
    const string Bound = " Every number is an upper bound, because a layer that images share is counted in each of them.";

    public void Write(Markup html)
    {
        var history = found.History();
        var days = history.SelectMany(series => series.Days()).Select(d => d.Day).Distinct().Order().ToList();
        var lines = history.Select(series => new Line(series.Name, [.. days.Select(day => (day, series.AtEndOf(day)))])).ToList();
        using var section = html.Section("storage", "Storage over time");
        html.Muted(
            "What is in the registry today, by the day of its push; and what would be left of it on each day, had the policy held all "
                + "along. What was deleted before isn't known."
                + (found.HasLayers ? "" : Bound));
        var chart = new LineChart(lines, TableDays.Of(days[0], days[^1]), found.Price);
        chart.Write(html, "Bytes stored over time, as it is and with this policy");
    }
}
