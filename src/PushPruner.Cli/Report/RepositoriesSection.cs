using PushPruner.Cli.Amounts;
using PushPruner.Cli.Output;
using PushPruner.Cli.Report.Charts;

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

        using var section = html.Open("section", ("aria-labelledby", "repositories"));
        html.Element("h2", "Repositories by storage freed", ("id", "repositories"));
        var most = Math.Max(1, repositories.Max(r => r.Stored.Bytes));
        WriteTable(html, [.. repositories.Take(MostBars)], price, most, "repositories by storage freed");
        if (repositories.Any(r => r.KeepsEverything is not null))
            html.Element("p", "* Nothing of it may be deleted; the reason is in its timeline, or in the plan.", ("class", "muted"));
        if (repositories.Any(r => r.IsHalted))
            html.Element("p", "! Held back until somebody approves; see above.", ("class", "muted"));
        if (repositories.Count > MostBars)
            WriteOthers(html, repositories, price);
    }

    static void WriteOthers(Markup html, IReadOnlyList<RepositoryFinding> repositories, Price price)
    {
        var rest = repositories.Skip(MostBars).ToList();
        using var more = html.Open("details", ("data-filtered", "open"));
        html.Element(
            "summary",
            $"The other {TextFormat.Count(rest.Count, "repository", "repositories")}: {RepositoryFinding.Sum("", rest).Freed.Shown} to free");
        WriteTable(html, [.. rest.Take(MostRows)], price, most: null, "the other repositories");
        if (rest.Count > MostRows)
        {
            var left = rest.Skip(MostRows).ToList();
            html.Element(
                "p",
                $"{TextFormat.Count(left.Count, "repository", "repositories")} that free{(left.Count == 1 ? "s" : "")} the least (together {RepositoryFinding.Sum("", left).Freed.Shown}) {(left.Count == 1 ? "is" : "are")} left out here: pushpruner plan --csv has all of them.");
        }
    }

    static void WriteTable(Markup html, IReadOnlyList<RepositoryFinding> repositories, Price price, long? most, string name)
    {
        var table = new DataTable(html) { Name = name, Class = "repositories" }.Text("Repository");
        if (most is not null)
            table.Bar("Freed of stored");
        table.Number("Frees").Number("Saves a month").Number("Stored").Number("To delete").Number("Images");
        table.Write(
            repositories,
            (row, r) =>
            {
                row.Header(r.Name, (r.KeepsEverything is null ? "" : " *") + (r.IsHalted ? " !" : ""));
                if (most is { } whole)
                    row.Cell(inner => WriteBar(inner, r, whole));
                row.Cell(r.IsUncounted ? "?" : r.Freed.InCell)
                    .Cell(r.IsUncounted ? "?" : r.Freed.MonthlyInCell(price))
                    .Cell(r.IsUncounted ? "?" : r.Stored.InCell)
                    .Cell(TextFormat.Number(r.Expired))
                    .Cell(TextFormat.Number(r.Images));
            },
            sorted: "Frees");
    }

    static void WriteBar(Markup html, RepositoryFinding repository, long most)
    {
        using var svg = html.Open("svg", ("class", "meter"), ("width", "100%"), ("height", "12"), ("aria-hidden", "true"));
        html.Element("rect", "", ("class", "whole"), ("width", Share(repository.Stored)), ("height", "12"), ("rx", "2"));
        html.Element("rect", "", ("class", "part"), ("width", Share(repository.Freed)), ("height", "12"), ("rx", "2"));

        string Share(Quantity of) => Coordinate.Percent(100.0 * of.Bytes / most);
    }
}
