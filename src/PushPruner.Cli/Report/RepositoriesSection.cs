namespace PushPruner.Cli.Report;

/// <summary>The repositories by what they free: the first with bars, the others in a table of their own.</summary>
static class RepositoriesSection
{
    /// <summary>Of those with bars.</summary>
    public const int MostBars = 50;

    /// <summary>Of those without; a page has to open.</summary>
    public const int MostRows = 1_000;

    public static void Write(Markup html, IReadOnlyList<RepositoryFinding> repositories, Price price)
    {
        if (repositories.Count == 0)
            return;

        using var section = html.Section("repositories", "Repositories by storage freed");
        var most = Math.Max(1, repositories.Max(r => r.Stored.Bytes));
        WriteTable(html, [.. repositories.Take(MostBars)], price, most, "repositories by storage freed");
        if (repositories.Any(r => r.KeepsEverything is not null))
            html.Muted("* Nothing of it may be deleted; the reason is in its timeline, or in the plan.");
        if (repositories.Any(r => r.IsHalted))
            html.Muted("! Held back until somebody approves; see above.");
        if (repositories.Count > MostBars)
            WriteOthers(html, repositories, price);
    }

    static void WriteOthers(Markup html, IReadOnlyList<RepositoryFinding> repositories, Price price)
    {
        var rest = repositories.Skip(MostBars).ToList();
        using var more = html.Open("details", ("data-filtered", "open"));
        var freed = RepositoryFinding.Sum("", rest).Freed.Shown;
        html.Element("summary", $"The other {TextFormat.Repositories(rest.Count)}: {freed} to free");
        WriteTable(html, [.. rest.Take(MostRows)], price, most: null, "the other repositories");
        if (rest.Count > MostRows)
        {
            var left = rest.Skip(MostRows).ToList();
            var (ending, verb) = left.Count == 1 ? ("s", "is") : ("", "are");
            html.Element(
                "p",
                $"{TextFormat.Repositories(left.Count)} that free{ending} the least (together "
                    + $"{RepositoryFinding.Sum("", left).Freed.Shown}) {verb} left out here: pushpruner plan --csv has all of them.");
        }
    }

    static void WriteTable(Markup html, IReadOnlyList<RepositoryFinding> repositories, Price price, long? most, string name)
    {
        var table = new DataTable<RepositoryFinding>(name, "repositories").Header(
            "Repository",
            (inner, r) => inner.Foreign(r.Name).Text((r.KeepsEverything is null ? "" : " *") + (r.IsHalted ? " !" : "")));
        if (most is { } whole)
        {
            table.Bar(
                "Freed of stored",
                (inner, r) => Meter.Write(inner, 100.0 * r.Freed.Bytes / whole, 100.0 * r.Stored.Bytes / whole, height: 12));
        }

        table.Number("Frees", r => r.IsUncounted ? "?" : r.Freed.InCell)
            .Number("Saves a month", r => r.IsUncounted ? "?" : r.Freed.MonthlyInCell(price))
            .Number("Stored", r => r.IsUncounted ? "?" : r.Stored.InCell)
            .Number("To delete", r => r.Expired)
            .Number("Images", r => r.Images)
            .Write(html, repositories, sorted: "Frees");
    }
}
