using PushPruner.Cli.Plan.Layers;
using Spectre.Console;

namespace PushPruner.Cli.Plan;

/// <summary>A row a repository, and the sums.</summary>
sealed class PlanTable(PlanSummary summary, Price price, bool hasDollars)
{
    static readonly Style Bad = new(Color.Red);

    public Table Table()
    {
        var totals = summary.Totals;
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn(new Text("Repository")) { Footer = new Text(Words.Count(summary.Rows.Count, "repository", "repositories")) });
        foreach (var (name, total) in Cells(totals, summary.Layers))
            table.AddColumn(new TableColumn(new Text(name)) { Footer = new Text(total), NoWrap = true }.RightAligned());
        foreach (var row in summary.Rows)
        {
            var cells = row.Totals is { } of
                ? Cells(of, row.Layers).Select(c => new Text(c.Value))
                : [new Text("failed", Bad), .. Enumerable.Repeat(new Text(""), table.Columns.Count - 2)];
            table.AddRow([new Text(Harmless.Text(row.Repository)), .. cells]);
        }

        return table;

        IEnumerable<(string Name, string Value)> Cells(PlanTotals of, LayerSums? layers)
        {
            yield return ("Images", Words.Number(of.Images));
            yield return ("Kept", Words.Number(of.Kept));
            yield return ("Expired", Words.Number(of.Expired));
            if (totals.InDoubt > 0)
                yield return ("In doubt", Words.Number(of.InDoubt));
            yield return ("Size now", Bytes.Shown(of.Bytes));
            yield return ("To free", Bytes.Shown(of.BytesToFree));
            var isUnknown = summary.HasLayers && layers is null;
            if (summary.HasLayers)
            {
                yield return ("Layers now", isUnknown ? "?" : Bytes.Shown(layers!.Stored));
                yield return ("Layers to free", isUnknown ? "?" : Bytes.Shown(layers!.Freed));
            }

            // Dollars are paid for layers, where these are known.
            if (hasDollars)
            {
                yield return ("$ a month now", isUnknown ? "?" : price.Shown(layers?.Stored ?? of.Bytes));
                yield return ("$ saved a month", isUnknown ? "?" : price.Shown(layers?.Freed ?? of.BytesToFree));
            }
        }
    }
}
