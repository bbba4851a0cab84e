using PushPruner.Benchmarks.Tables;

namespace PushPruner.Benchmarks.Systems;

/// <summary>The tables of a system benchmark.</summary>
static class SystemReport
{
    public static IEnumerable<Section> Of(IReadOnlyList<SystemRow> rows) => [new("system", All(rows)), new("comparison", Comparison(rows))];

    static string All(IReadOnlyList<SystemRow> rows)
    {
        var table = new MarkdownTable(
            1,
            "what",
            "images",
            "N",
            "ECR calls",
            "table calls",
            "read units",
            "write units",
            "kB sent",
            "kB received",
            "ms",
            "ms at 20 ms a call");
        foreach (var row in rows.OrderBy(r => Order(rows, r)))
        {
            table.Add(
                row.What,
                Figure.Of(row.Images),
                Figure.Of(row.KeepNewest),
                Figure.Of(row.Counted.Ecr.Count),
                Figure.Of(row.Counted.Table.Count),
                Figure.Of(row.Counted.Units.ReadUnits),
                Figure.Of(row.Counted.Units.WriteUnits),
                Figure.Kilobytes(row.Near.Sent),
                Figure.Kilobytes(row.Near.Received),
                Figure.Milliseconds(row.AtOnce),
                Figure.Milliseconds(row.Far));
        }

        return table.ToString();
    }

    // A push in a repository of each size beside the scan that finds the same image.
    static string Comparison(IReadOnlyList<SystemRow> rows)
    {
        var table = new MarkdownTable(
            1,
            "images in the repository",
            "push: ECR calls",
            "kB received",
            "s",
            "full scan: ECR calls",
            "kB received",
            "s",
            "full scan at 100 a page: ECR calls",
            "s");
        foreach (var size in rows.Select(r => r.Images).Distinct())
        {
            SystemRow Row(string what) => rows.First(r => r.Images == size && r.KeepNewest == 10 && r.What == what);
            var (push, scan, small) = (
                Row("push, single, one expires"), Row("full scan, 1,000 a page, one expires"), Row("full scan, 100 a page, one expires"));
            table.Add(
                Figure.Of(size),
                Figure.Of(push.Counted.Ecr.Count),
                Figure.Kilobytes(push.Near.Received),
                Figure.Of(push.Far.TotalSeconds),
                Figure.Of(scan.Counted.Ecr.Count),
                Figure.Kilobytes(scan.Near.Received),
                Figure.Of(scan.Far.TotalSeconds),
                Figure.Of(small.Counted.Ecr.Count),
                Figure.Of(small.Far.TotalSeconds));
        }

        return table.ToString();
    }

    static (int, int) Order(IReadOnlyList<SystemRow> rows, SystemRow row)
    {
        var kinds = rows.Select(r => (r.What, r.KeepNewest)).Distinct().ToList();
        return (kinds.IndexOf((row.What, row.KeepNewest)), row.Images);
    }
}
