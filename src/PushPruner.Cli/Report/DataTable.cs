using PushPruner.Cli.Report.Charts;

namespace PushPruner.Cli.Report;

/// <summary>A table of a page. On a narrow screen each row is a block, in which each cell has the name of its column.</summary>
/// <param name="name">What the table is, for those who don't see it.</param>
/// <param name="style">A class of its own, by which it is found.</param>
sealed class DataTable<T>(string name, string? style = null)
{
    readonly List<(string Title, string? Kind, Action<Markup, T> Write)> columns = [];

    /// <summary>The name of the row, of the program's own words.</summary>
    public DataTable<T> OwnHeader(string title, Func<T, string> text) => Header(title, (html, row) => html.Text(text(row)));

    /// <summary>The name of the row, which others gave.</summary>
    public DataTable<T> Header(string title, Func<T, string> text) => Header(title, (html, row) => html.Foreign(text(row)));

    public DataTable<T> Header(string title, Action<Markup, T> write) => With(title, "header", write);

    public DataTable<T> Text(string title, Func<T, string> text) => With(title, kind: null, (html, row) => html.Text(text(row)));

    public DataTable<T> Why(string title, Func<T, string> text) => With(title, "why", (html, row) => html.Text(text(row)));

    public DataTable<T> Number(string title, Func<T, string> text) => With(title, "n", (html, row) => html.Text(text(row)));

    public DataTable<T> Number(string title, Func<T, long> number) => Number(title, row => TextFormat.Number(number(row)));

    /// <summary>A text that others wrote.</summary>
    public DataTable<T> Foreign(string title, Func<T, string> text, string? kind = null) =>
        With(title, kind, (html, row) => html.Foreign(text(row)));

    public DataTable<T> Command(string title, Func<T, string> command) =>
        With(title, "command", (html, row) => html.Element("code", command(row)));

    /// <summary>A drawing, which has no room on a narrow screen.</summary>
    public DataTable<T> Bar(string title, Action<Markup, T> draw) => With(title, "bars", draw);

    /// <param name="sorted">The title of the column by which the rows are sorted, the largest first; null for none.</param>
    public void Write(Markup html, IEnumerable<T> rows, string? sorted = null)
    {
        using var scroll = html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", $"Table: {name}"));
        using var table = html.Open("table", ("class", style));
        html.Own("<thead><tr>");
        foreach (var (title, kind, _) in columns)
        {
            var order = title == sorted ? "descending" : null;
            html.Element("th", title, ("scope", "col"), ("class", kind is "n" or "bars" ? kind : null), ("aria-sort", order));
        }

        html.Own("</tr></thead>");
        using var body = html.Open("tbody");
        foreach (var row in rows)
        {
            using var line = html.Open("tr");
            foreach (var (title, kind, write) in columns)
            {
                using var cell =
                    kind == "header" ? html.Open("th", ("scope", "row")) : html.Open("td", ("class", kind), ("data-label", title));
                write(html, row);
            }
        }
    }

    DataTable<T> With(string title, string? kind, Action<Markup, T> write)
    {
        columns.Add((title, kind, write));
        return this;
    }
}

/// <summary>A bar that is full as far as a share goes; the number stands beside it.</summary>
static class Meter
{
    /// <param name="part">Percent of the width that is full.</param>
    /// <param name="whole">Percent of the width that the bar takes.</param>
    public static void Write(Markup html, double part, double whole = 100, int height = 8)
    {
        html.Write($"""<svg class="meter" width="100%" height="{height}" aria-hidden="true">""");
        html.Write($"""<rect class="whole" width="{Coordinate.Percent(whole)}" height="{height}" rx="2"></rect>""");
        html.Write($"""<rect class="part" width="{Coordinate.Percent(part)}" height="{height}" rx="2"></rect></svg>""");
    }
}
