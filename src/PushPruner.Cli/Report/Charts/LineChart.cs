using System.Text;
using PushPruner.Cli.Amounts;

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
    const int ScaleWidth = 58;
    const int Steps = 1_000;
    const string Dates = "yyyy-MM-dd";

    readonly TimeScale times = new(Start(rows[0]), Start(rows[^1].AddDays(1)));
    readonly ByteScale bytes = new(lines.Max(l => l.Points.Max(p => p.Bytes)));

    /// <param name="name">What it shows, for those who don't see it.</param>
    public void Write(Markup html, string name)
    {
        WriteLegend(html);
        using var figure = html.Open("div", ("class", "plot"), ("data-plot", "slices"));
        using (html.Open("div", ("class", "frame")))
        {
            WriteScale(html);
            WriteDrawing(html, name);
        }

        html.Element(
            "p",
            "Point at the chart, or move through it with the arrow keys.",
            ("class", "caption"),
            ("aria-live", "polite"),
            ("hidden", "hidden"));
        WriteTable(html, name);
    }

    void WriteDrawing(Markup html, string name)
    {
        using (
            html.Open(
                "svg",
                ("class", "chart"),
                ("height", Coordinate.Of(Above + Height + TimeAxis.Height)),
                ("width", "100%"),
                ("role", "img"),
                ("aria-label", name)))
        {
            WriteGrid(html);
            TimeAxis.Write(html, times, Above + Height);
            WriteLines(html);
            WriteSlices(html);
        }
    }

    // Beside the drawing, so that no label lies on a line.
    void WriteScale(Markup html)
    {
        using var svg = html.Open(
            "svg",
            ("class", "scale"),
            ("height", Coordinate.Of(Above + Height + TimeAxis.Height)),
            ("width", Coordinate.Of(ScaleWidth)),
            ("aria-hidden", "true"));
        foreach (var tick in bytes.Ticks)
        {
            html.Element(
                "text",
                Bytes.Shown(tick),
                ("class", "tick"),
                ("x", Coordinate.Of(ScaleWidth - 8)),
                ("y", Coordinate.Of(Above + Y(tick) + 4)),
                ("text-anchor", "end"));
        }
    }

    void WriteLegend(Markup html)
    {
        using var list = html.Open("ul", ("class", "legend"));
        foreach (var (index, line) in lines.Index())
        {
            using var item = html.Open("li");
            using (html.Open("svg", ("width", "34"), ("height", "12"), ("aria-hidden", "true")))
                html.Element("line", "", ("class", $"line line-{index}"), ("x1", "1"), ("x2", "33"), ("y1", "6"), ("y2", "6"));
            html.Text(" ").Element("span", line.Name).Text(" ").Element("strong", Bytes.Shown(line.Last));
        }
    }

    void WriteGrid(Markup html)
    {
        foreach (var tick in bytes.Ticks)
        {
            var y = Above + Y(tick);
            if (tick > 0)
            {
                html.Element(
                    "line",
                    "",
                    ("class", "grid"),
                    ("x1", "0"),
                    ("x2", "100%"),
                    ("y1", Coordinate.Of(y)),
                    ("y2", Coordinate.Of(y)));
            }
        }
    }

    void WriteLines(Markup html)
    {
        using (
            html.Open(
                "svg",
                ("y", Coordinate.Of(Above)),
                ("width", "100%"),
                ("height", Coordinate.Of(Height)),
                ("viewBox", $"0 0 {Steps} {Height}"),
                ("preserveAspectRatio", "none"),
                ("class", "lines")))
        {
            if (lines.Count == 2)
                html.Element("path", "", ("class", "between"), ("d", $"{PathOf(lines[0])}{PathOf(lines[1], isBack: true)}Z"));
            foreach (var (index, line) in lines.Index())
                html.Element("path", "", ("class", $"line line-{index}"), ("d", PathOf(line)));
        }

        foreach (var (index, line) in lines.Index())
        {
            html.Element(
                "circle",
                "",
                ("class", $"end end-{index}"),
                ("cx", "100%"),
                ("cy", Coordinate.Of(Above + Y(line.Last))),
                ("r", "4"));
        }
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
            html.Element(
                "rect",
                "",
                ("class", "m slice"),
                ("x", Coordinate.Percent(left)),
                ("y", Coordinate.Of(Above)),
                ("width", Coordinate.Percent(Math.Max(right - left, 0.1))),
                ("height", Coordinate.Of(Height)));
            left = right;
        }
    }

    void WriteTable(Markup html, string name)
    {
        using var more = html.Open("details");
        html.Element("summary", "The numbers as a table");
        var table = new DataTable(html) { Name = name }.Text("Day");
        foreach (var line in lines)
            table.Number(line.Name).Number("Cost a month");
        table.Write(rows, (row, day) =>
        {
            row.OwnHeader(day.ToString(Dates, System.Globalization.CultureInfo.InvariantCulture));
            foreach (var stored in lines.Select(l => l.At(day)))
                row.Cell(Bytes.Shown(stored)).Cell(price.Shown(stored));
        });
    }

    double Y(long value) => Height * (1 - bytes.Of(value));

    static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
