namespace PushPruner.Cli.Report.Charts;

/// <summary>The axis of time beneath a drawing.</summary>
static class TimeAxis
{
    public const int Height = 22;

    const double Edge = 5;

    public static void Write(Markup html, TimeScale times, double y)
    {
        html.Write($"""<line class="axis" x1="0" x2="100%" y1="{y}" y2="{y}"></line>""");
        foreach (var (at, label) in times.Ticks)
        {
            var place = times.Of(at);
            var x = Coordinate.Percent(place);
            html.Write($"""<line class="axis" x1="{x}" x2="{x}" y1="{y}" y2="{y + 4}"></line>""");
            html.Write($"""<text class="tick" x="{x}" y="{y + 17}" text-anchor="{AnchorAt(place)}">{label}</text>""");
        }
    }

    // Text at an edge is written inwards.
    static string AnchorAt(double x) => x switch
    {
        < Edge => "start",
        > 100 - Edge => "end",
        _ => "middle",
    };
}
