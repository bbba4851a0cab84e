using System.Text;

namespace PushPruner.Cli.Report.Charts;

/// <summary>
/// Bytes over time as lines, told apart by colour and by their dashes, with a table of the same numbers. The rows of the table are slices
/// of the chart, which the page's script lets be pointed at.
/// </summary>
sealed class LineChart(IReadOnlyList<Line> lines, IReadOnlyList<DateOnly> rows, Price price)
{
    /// <summary>As many as the style can tell apart.</summary>
    public const int MostLines = 6;

    const int Height = 240;
    const int Above = 18;
    const int Whole = Above + Height + TimeAxis.Height;
    const int ScaleWidth = 58;
    const int Steps = 1_000;

    readonly TimeScale times = new(Start(rows[0]), Start(rows[^1].AddDays(1)));
    readonly ByteScale bytes = new(lines.Max(l => l.Points.Max(p => p.Bytes)));

    /// <param name="name">What it shows, for those who don't see it.</param>
    public void Write(Markup html, string name)
    {
        WriteLegend(html);
        html.Own("""<div class="plot" data-plot="slices"><div class="frame">""");
        WriteScale(html);
        html.Write($"""<svg class="chart" height="{Whole}" width="100%" role="img" aria-label="{name}">""");
        foreach (var y in bytes.Ticks.Skip(1).Select(tick => Above + Y(tick)))
            html.Write($"""<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"></line>""");
        TimeAxis.Write(html, times, Above + Height);
        WriteLines(html);
        WriteSlices(html);
        html.Own("</svg></div>");
        html.Own("""<p class="caption" aria-live="polite" hidden="hidden">""")
            .Own("Point at the chart, or move through it with the arrow keys.</p>");
        WriteTable(html, name);
        html.Own("</div>");
    }

    void WriteLegend(Markup html)
    {
        using var list = html.Open("ul", ("class", "legend"));
        foreach (var (index, line) in lines.Index())
        {
            html.Own("""<li><svg width="34" height="12" aria-hidden="true">""")
                .Write($"""<line class="line line-{index}" x1="1" x2="33" y1="6" y2="6"></line></svg> """)
                .Write($"<span>{line.Name}</span> <strong>{Bytes.Shown(line.Last)}</strong></li>");
        }
    }

    // Beside the drawing, so that no label lies on a line.
    void WriteScale(Markup html)
    {
        html.Write($"""<svg class="scale" height="{Whole}" width="{ScaleWidth}" aria-hidden="true">""");
        foreach (var tick in bytes.Ticks)
        {
            var (x, y) = (ScaleWidth - 8, Above + Y(tick) + 4);
            html.Write($"""<text class="tick" x="{x}" y="{y}" text-anchor="end">{Bytes.Shown(tick)}</text>""");
        }

        html.Own("</svg>");
    }

    void WriteLines(Markup html)
    {
        html.Write($"""<svg y="{Above}" width="100%" height="{Height}" viewBox="0 0 {Steps} {Height}" """)
            .Own("""preserveAspectRatio="none" class="lines">""");
        if (lines.Count == 2)
            html.Write($"""<path class="between" d="{PathOf(lines[0])}{PathOf(lines[1], isBack: true)}Z"></path>""");
        foreach (var (index, line) in lines.Index())
            html.Write($"""<path class="line line-{index}" d="{PathOf(line)}"></path>""");
        html.Own("</svg>");
        foreach (var (index, line) in lines.Index())
            html.Write($"""<circle class="end end-{index}" cx="100%" cy="{Above + Y(line.Last)}" r="4"></circle>""");
    }

    // Storage jumps: it stays as it is until the next push or delete.
    string PathOf(Line line, bool isBack = false)
    {
        var corners = new List<(double X, double Y)>();
        foreach (var (day, value) in line.Points)
        {
            var x = times.Of(day) * Steps / 100;
            if (corners.Count > 0)
                corners.Add((x, corners[^1].Y));
            corners.Add((x, Y(value)));
        }

        corners.Add((Steps, corners[^1].Y));
        if (isBack)
            corners.Reverse();
        var path = new StringBuilder();
        foreach (var (x, y) in corners)
            path.Append(path.Length == 0 && !isBack ? 'M' : 'L').Append(Coordinate.Of(x)).Append(' ').Append(Coordinate.Of(y));
        return path.ToString();
    }

    void WriteSlices(Markup html)
    {
        var left = 0.0;
        foreach (var (index, row) in rows.Index())
        {
            var right = index + 1 < rows.Count ? (times.Of(row) + times.Of(rows[index + 1])) / 2 : 100;
            var (x, width) = (Coordinate.Percent(left), Coordinate.Percent(Math.Max(right - left, 0.1)));
            html.Write($"""<rect class="m slice" x="{x}" y="{Above}" width="{width}" height="{Height}"></rect>""");
            left = right;
        }
    }

    void WriteTable(Markup html, string name)
    {
        using var more = html.Open("details");
        html.Element("summary", "The numbers as a table");
        var table = new DataTable<DateOnly>(name).OwnHeader("Day", day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        foreach (var line in lines)
            table.Number(line.Name, day => Bytes.Shown(line.At(day))).Number("Cost a month", day => price.Shown(line.At(day)));
        table.Write(html, rows);
    }

    double Y(long value) => Height * (1 - bytes.Of(value));

    static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

/// <summary>One line of a chart: bytes over the days.</summary>
/// <param name="Points">In the order of the days; between two of them nothing changes.</param>
sealed record Line(string Name, IReadOnlyList<(DateOnly Day, long Bytes)> Points)
{
    /// <summary>What it ends with.</summary>
    public long Last => Points[^1].Bytes;

    /// <summary>At the end of a day; zero before the first.</summary>
    public long At(DateOnly day) => Points.LastOrDefault(p => p.Day <= day).Bytes;
}
