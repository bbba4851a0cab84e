namespace PushPruner.Cli.Report;

/// <summary>A table of a page. On a narrow screen each row is a block, in which each cell bears the name of its column.</summary>
sealed class DataTable(Markup html)
{
    readonly List<(string Title, string Class)> columns = [];

    /// <summary>What the table is, for those who don't see it.</summary>
    public required string Name { get; init; }

    /// <summary>A class of its own, by which it is found.</summary>
    public string? Class { get; init; }

    public DataTable Text(string title) => With(title, "");

    public DataTable Why(string title) => With(title, "why");

    public DataTable Command(string title) => With(title, "command");

    public DataTable Number(string title) => With(title, "n");

    /// <summary>Of a drawing, which has no room on a narrow screen.</summary>
    public DataTable Bar(string title) => With(title, "bars");

    /// <param name="sorted">The title of the column by which the rows are sorted, the largest first; null for none.</param>
    /// <param name="writeRow">Writes the cells of a row, the header first.</param>
    public void Write<T>(IEnumerable<T> rows, Action<Row, T> writeRow, string? sorted = null)
    {
        using var scroll = html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", $"Table: {Name}"));
        using var table = html.Open("table", ("class", Class));
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            foreach (var (title, kind) in columns)
            {
                html.Element(
                    "th",
                    title,
                    ("scope", "col"),
                    ("class", kind is "n" or "bars" ? kind : null),
                    ("aria-sort", title == sorted ? "descending" : null));
            }
        }

        using var body = html.Open("tbody");
        foreach (var row in rows)
        {
            using var line = html.Open("tr");
            writeRow(new Row(html, columns), row);
        }
    }

    DataTable With(string title, string kind)
    {
        columns.Add((title, kind));
        return this;
    }

    /// <summary>One row, cell by cell.</summary>
    public sealed class Row(Markup html, IReadOnlyList<(string Title, string Class)> columns)
    {
        int at;

        /// <summary>The name of the row, which others gave.</summary>
        public Row Header(string name, string after = "")
        {
            at++;
            using (html.Open("th", ("scope", "row")))
                html.Foreign(name).Text(after);
            return this;
        }

        /// <summary>The name of the row, of the program's own words.</summary>
        public Row OwnHeader(string name)
        {
            at++;
            html.Element("th", name, ("scope", "row"));
            return this;
        }

        public Row Cell(string text) => Cell(inner => inner.Text(text));

        public Row Foreign(string name) => Cell(inner => inner.Foreign(name));

        public Row CommandCell(string command) => Cell(inner => inner.Element("code", command));

        public Row Cell(Action<Markup> write)
        {
            var (title, kind) = columns[at++];
            using (html.Open("td", ("class", kind.Length == 0 ? null : kind), ("data-label", title)))
                write(html);
            return this;
        }
    }
}
