using PushPruner.Cli.Amounts;
using PushPruner.Cli.Report.Charts;

namespace PushPruner.Cli.Report;

/// <summary>Storage over time, before and after.</summary>
sealed class StorageSection(Findings found)
{
    public void Write(Markup html)
    {
        var points = found.History.Points();
        using var section = html.Section("storage", "Storage over time");
        html.Muted(
            "What is in the registry today, by the day of its push; and what would be left of it on each day, had the policy held all "
                + "along. What was deleted before isn't known."
                + (found.HasLayers ? "" : " Every number is an upper bound, because a layer that images share is counted in each of them."));
        Line[] lines =
        [
            new("As it is", [.. points.Select(p => (p.Day, p.Without))]),
            new("With this policy", [.. points.Select(p => (p.Day, p.With))]),
        ];
        new LineChart(lines, TableDays.Of(points[0].Day, points[^1].Day), found.Price).Write(
            html, "Bytes stored over time, as it is and with this policy");
    }
}
