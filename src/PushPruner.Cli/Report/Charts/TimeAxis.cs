namespace PushPruner.Cli.Report.Charts;

/// <summary>The axis of time beneath a drawing.</summary>
static class TimeAxis
{
    public const int Height = 22;

    const double Edge = 5;

    public static void Write(Markup html, TimeScale times, double y)
    {
        html.Element("line", "", ("class", "axis"), ("x1", "0"), ("x2", "100%"), ("y1", Coordinate.Of(y)), ("y2", Coordinate.Of(y)));
        foreach (var (at, label) in times.Ticks)
        {
            var x = times.Of(at);
            html.Element(
                "line",
                "",
                ("class", "axis"),
                ("x1", Coordinate.Percent(x)),
                ("x2", Coordinate.Percent(x)),
                ("y1", Coordinate.Of(y)),
                ("y2", Coordinate.Of(y + 4)));
            html.Element(
                "text",
                label,
                ("class", "tick"),
                ("x", Coordinate.Percent(x)),
                ("y", Coordinate.Of(y + 17)),
                ("text-anchor", AnchorAt(x)));
        }
    }

    /// <summary>Text at an edge goes inwards.</summary>
    public static string AnchorAt(double x) => x switch
    {
        < Edge => "start",
        > 100 - Edge => "end",
        _ => "middle",
    };
}
