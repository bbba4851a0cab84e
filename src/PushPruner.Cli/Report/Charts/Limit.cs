namespace PushPruner.Cli.Report.Charts;

/// <summary>A line across a timeline, and what it is.</summary>
/// <param name="Row">Of its label, 0 the upper; the line begins there.</param>
sealed record Limit(string Kind, string Label, double X, int Row = 0, bool IsLabelBefore = true)
{
    const int FirstRow = 12;
    const int RowHeight = 16;
    const double RoomForLabel = 38;

    /// <summary>
    /// That where the newest N begin and that of X days ago, as far as they lie on the timeline; no label crosses a line.
    /// </summary>
    public static IEnumerable<Limit> Of(TimelineFinding found, TimeScale times)
    {
        var limits = new List<Limit>();
        if (found.NewestBegin is { } newest)
            limits.Add(new Limit("line-n", $"newest {TextFormat.Number(found.Policy.KeepNewest)} begin", times.Of(newest)));
        if (found.OldFrom is { } old && times.IsWithin(old))
        {
            var days = found.Policy.KeepFor.TotalDays.ToString(CultureInfo.InvariantCulture);
            limits.Add(new Limit("line-x", $"{days} days ago", times.Of(old)));
        }

        if (limits.Count == 0)
            return limits;

        // The later line reaches higher, and its label goes back over the earlier one; near the beginning it is the other way round.
        var isLate = limits.Max(l => l.X) > 50;
        return limits
            .OrderBy(l => isLate ? -l.X : l.X)
            .Select((limit, row) => limit with { Row = row, IsLabelBefore = isLate && limit.X > RoomForLabel });
    }

    public void Write(Markup html, double baseline)
    {
        var (x, y) = (Coordinate.Percent(X), FirstRow + (Row * RowHeight));
        var (shift, anchor) = IsLabelBefore ? ("-6", "end") : ("6", "start");
        html.Write($"""<line class="limit {Kind}" x1="{x}" x2="{x}" y1="{y - 10}" y2="{baseline}"></line>""");
        html.Write($"""<text class="limit-label" x="{x}" dx="{shift}" y="{y}" text-anchor="{anchor}">{Label}</text>""");
    }
}
