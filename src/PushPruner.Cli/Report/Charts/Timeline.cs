namespace PushPruner.Cli.Report.Charts;

/// <summary>
/// The images of one repository as marks along the time: a dot is kept, a diamond goes, a square is in doubt; of some days together they
/// are bars. Two lines part them, and only what lies before both may go.
/// </summary>
sealed class Timeline
{
    const int Above = 40;
    const int Below = 8;

    // So that days have a place on it.
    static readonly TimeSpan Shortest = TimeSpan.FromDays(4);

    readonly TimelineFinding found;
    readonly TimeScale times;
    readonly IReadOnlyList<(double Foot, double Height)> places;
    readonly double baseline;

    public Timeline(TimelineFinding found)
    {
        this.found = found;
        times = ScaleOf(found);
        places = MarkPlaces.Of(found.Marks, times);
        baseline = Above + places.Max(p => p.Foot + p.Height);
    }

    /// <param name="name">What it shows, for those who don't see it.</param>
    public void Write(Markup html, string name)
    {
        using var svg = html.Open(
            "svg",
            ("class", "timeline"),
            ("width", "100%"),
            ("height", Coordinate.Of(baseline + Below + TimeAxis.Height)),
            ("role", "img"),
            ("aria-label", name));
        if (found.ZoneEnd is { } end)
        {
            html.Element(
                "rect",
                "",
                ("class", "zone"),
                ("x", "0"),
                ("y", "0"),
                ("width", Coordinate.Percent(times.Of(end))),
                ("height", Coordinate.Of(baseline + Below)));
        }

        TimeAxis.Write(html, times, baseline + Below);
        foreach (var limit in Limit.Of(found, times))
            limit.Write(html, baseline + Below);
        foreach (var (mark, place) in found.Marks.Zip(places))
            WriteMark(html, mark, place.Foot, place.Height);
    }

    void WriteMark(Markup html, Mark mark, double foot, double height)
    {
        var y = Coordinate.Of(baseline - foot - height);
        var kind = ClassOf(mark.Fate);
        if (mark.Span is { } span)
        {
            var (from, to) = (times.Of(span.From), times.Of(span.To));
            html.Element(
                "rect",
                "",
                ("class", $"m bar {kind}"),
                ("x", Coordinate.Percent(from)),
                ("y", y),
                ("width", Coordinate.Percent((to - from) * 0.85)),
                ("height", Coordinate.Of(height)));
            return;
        }

        var x = Coordinate.Percent(times.Of(mark.At));
        if (mark.Fate == VerdictKind.Kept)
            html.Element("circle", "", ("class", $"m {kind}"), ("cx", x), ("cy", y));
        else
            html.Element("rect", "", ("class", $"m {kind}"), ("x", x), ("y", y));
    }

    static string ClassOf(VerdictKind fate) => fate switch
    {
        VerdictKind.Kept => "k",
        VerdictKind.Expired => "e",
        _ => "d",
    };

    static TimeScale ScaleOf(TimelineFinding found)
    {
        var first = found.Marks[0].Span?.From ?? found.Marks[0].At;
        var last = found.Marks[^1].Span?.To ?? found.Marks[^1].At;
        last = last > found.At ? last : found.At;
        // Where the limit of age lies not far before the first image, it is shown; else the images would be crowded at the edge.
        if (found.OldFrom is { } old && old < first && last - old <= (last - first) * 2)
            first = old;
        first = last - first < Shortest ? last - Shortest : first;
        var edge = (last - first) * 0.015;
        return new TimeScale(first - edge, last + edge);
    }
}
