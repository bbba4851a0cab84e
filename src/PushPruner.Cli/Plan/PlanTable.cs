using Spectre.Console;

namespace PushPruner.Cli.Plan;

/// <summary>A row a repository, and the sums.</summary>
/// <param name="rows">Those that are shown; the sums are of all.</param>
sealed class PlanTable(PlanSummary summary, IReadOnlyList<PlanRow> rows, Price price)
{
    // What is left out first where there is little room: never the money, and never what is deleted.
    static readonly string[] LeastNeeded = ["Size", "A month", "Kept", "Images", "In doubt", "Frees"];

    /// <summary>The whole table first, then without one more column each.</summary>
    public IEnumerable<FittingTable> Narrowing()
    {
        var all = Columns().Select(c => c.Name).ToList();
        var hidden = LeastNeeded.Where(name => all.Contains(name, StringComparer.Ordinal)).ToList();
        return Enumerable
            .Range(0, hidden.Count + 1)
            .Select(n => new FittingTable(Without([.. hidden.Take(n)]), [.. all.Intersect(hidden.Take(n), StringComparer.Ordinal)]));
    }

    Table Without(IReadOnlyList<string> leftOut)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(
            new TableColumn(new Text("Repository"))
            {
                Footer = new Text(TextFormat.Repositories(summary.Rows.Count)),
            });
        var columns = Columns().Where(c => !leftOut.Contains(c.Name, StringComparer.Ordinal)).ToList();
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column.Name)) { Footer = new Text(column.Sum), NoWrap = true }.RightAligned());
        foreach (var row in rows)
        {
            var cells = row.Totals is { } of
                ? columns.Select(c => new Text(c.Cell(of, row.Layers)))
                : [new Text("failed", Styles.Bad), .. Enumerable.Repeat(new Text(""), columns.Count - 1)];
            table.AddRow([new Text(SafeText.Line(row.Repository)), .. cells]);
        }

        return table;
    }

    IEnumerable<(string Name, string Sum, Func<PlanTotals, LayerSums?, string> Cell)> Columns()
    {
        var totals = summary.Totals;
        yield return ("Images", TextFormat.Number(totals.Images), (of, _) => TextFormat.Number(of.Images));
        yield return ("Kept", TextFormat.Number(totals.Kept), (of, _) => TextFormat.Number(of.Kept));
        yield return ("Expired", TextFormat.Number(totals.Expired), (of, _) => TextFormat.Number(of.Expired));
        if (totals.InDoubt > 0)
            yield return ("In doubt", TextFormat.Number(totals.InDoubt), (of, _) => TextFormat.Number(of.InDoubt));
        yield return ("Size", Size(summary.Stored), (of, layers) => Size(Stored(of, layers)));
        yield return ("Frees", Size(summary.Freed), (of, layers) => Size(Freed(of, layers)));
        yield return ("A month", Dollars(summary.Stored), (of, layers) => Dollars(Stored(of, layers)));
        yield return ("Saves a month", Dollars(summary.Freed), (of, layers) => Dollars(Freed(of, layers)));
    }

    Quantity? Stored(PlanTotals of, LayerSums? layers) => summary.HasLayers ? layers?.StoredBytes : Quantity.OfImages(of.Bytes);

    Quantity? Freed(PlanTotals of, LayerSums? layers) => summary.HasLayers ? layers?.FreedBytes : Quantity.OfImages(of.BytesToFree);

    static string Size(Quantity? quantity) => quantity is { } known ? known.InCell : "?";

    string Dollars(Quantity? quantity) => quantity is { } known ? known.MonthlyInCell(price) : "?";
}
