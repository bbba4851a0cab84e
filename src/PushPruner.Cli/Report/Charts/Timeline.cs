namespace PushPruner.Cli.Report.Charts;

/// <summary>
/// The images of one repository as marks along the time: a dot is kept, a diamond is to delete, a square is in doubt; of some days together
/// they are bars. Two lines part them, and only what lies before both may be deleted.
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
        var bottom = baseline + Below;
        html.Write($"""<svg class="timeline" width="100%" height="{bottom + TimeAxis.Height}" role="img" aria-label="{name}">""");
        if (found.ZoneEnd is { } end)
        {
            var width = Coordinate.Percent(times.Of(end));
            html.Write($"""<rect class="zone" x="0" y="0" width="{width}" height="{bottom}"></rect>""");
        }

        TimeAxis.Write(html, times, bottom);
        foreach (var limit in Limit.Of(found, times))
            limit.Write(html, bottom);
        foreach (var (mark, place) in found.Marks.Zip(places))
            WriteMark(html, mark, place.Foot, place.Height);
        html.Own("</svg>");
    }

    void WriteMark(Markup html, Mark mark, double foot, double height)
    {
        var y = baseline - foot - height;
        var kind = mark.Fate switch { VerdictKind.Kept => "k", VerdictKind.Expired => "e", _ => "d" };
        var x = Coordinate.Percent(times.Of(mark.Span?.From ?? mark.At));
        if (mark.Span is { } span)
        {
            var width = Coordinate.Percent((times.Of(span.To) - times.Of(span.From)) * 0.85);
            html.Write($"""<rect class="m bar {kind}" x="{x}" y="{y}" width="{width}" height="{height}"></rect>""");
        }
        else if (mark.Fate == VerdictKind.Kept)
        {
            html.Write($"""<circle class="m {kind}" cx="{x}" cy="{y}"></circle>""");
        }
        else
        {
            html.Write($"""<rect class="m {kind}" x="{x}" y="{y}"></rect>""");
        }
    }

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
