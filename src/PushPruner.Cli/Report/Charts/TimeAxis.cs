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

/// <summary>
/// Numbers of a drawing. What lies along the time is in percent of the width, so that a drawing fits any screen while its text and its
/// marks keep their size.
/// </summary>
static class Coordinate
{
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share:0.##}%");

    public static string Of(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
