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
        var most = Math.Max(1, repositories.Max(r => r.Stored));
        WriteTable(html, [.. repositories.Take(MostBars)], price, most, "repositories by storage freed");
        if (repositories.Any(r => r.KeepsEverything is not null))
            html.Element("p", "* Nothing of it may be deleted; the reason is in its timeline, or in the plan.", ("class", "muted"));
        if (repositories.Count > MostBars)
            WriteOthers(html, repositories, price);
    }

    static void WriteOthers(Markup html, IReadOnlyList<RepositoryFinding> repositories, Price price)
    {
        var rest = repositories.Skip(MostBars).ToList();
        using var more = html.Open("details");
        html.Element("summary", $"The other {Words.Count(rest.Count, "repository", "repositories")}: {Bytes.Shown(rest.Sum(r => r.Freed))} to free");
        WriteTable(html, [.. rest.Take(MostRows)], price, most: null, "the other repositories");
        if (rest.Count > MostRows)
        {
            var left = rest.Skip(MostRows).ToList();
            html.Element("p", $"{Words.Count(left.Count, "repository", "repositories")} that free{(left.Count == 1 ? "s" : "")} the least (together {Bytes.Shown(left.Sum(r => r.Freed))}) {(left.Count == 1 ? "is" : "are")} left out here: pushpruner plan --csv has all of them.");
        }
    }

    static void WriteTable(Markup html, IReadOnlyList<RepositoryFinding> repositories, Price price, long? most, string name)
    {
        using var scroll = html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", $"Table: {name}"));
        using var table = html.Open("table", ("class", "repositories"));
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("th", "Repository", ("scope", "col"));
            if (most is not null)
                html.Element("th", "Freed of stored", ("scope", "col"), ("class", "bars"));
            html.Element("th", "To free", ("scope", "col"), ("class", "n"), ("aria-sort", "descending"));
            foreach (var title in (string[])["Saved a month", "Stored", "To go", "Images"])
                html.Element("th", title, ("scope", "col"), ("class", "n"));
        }

        using var body = html.Open("tbody");
        foreach (var repository in repositories)
            WriteRow(html, repository, price, most);
    }

    static void WriteRow(Markup html, RepositoryFinding repository, Price price, long? most)
    {
        using var row = html.Open("tr");
        using (html.Open("th", ("scope", "row")))
        {
            html.Foreign(repository.Name);
            if (repository.KeepsEverything is not null)
                html.Text(" *");
        }

        if (most is { } whole)
            WriteBar(html, repository, whole);
        foreach (var cell in (string[])[Bytes.Shown(repository.Freed), price.Shown(repository.Freed), Bytes.Shown(repository.Stored), Words.Number(repository.Expired), Words.Number(repository.Images)])
            html.Element("td", cell, ("class", "n"));
    }

    static void WriteBar(Markup html, RepositoryFinding repository, long most)
    {
        using var cell = html.Open("td", ("class", "bars"));
        using var svg = html.Open("svg", ("class", "meter"), ("width", "100%"), ("height", "12"), ("aria-hidden", "true"));
        html.Element("rect", "", ("class", "whole"), ("width", Share(repository.Stored)), ("height", "12"), ("rx", "2"));
        html.Element("rect", "", ("class", "part"), ("width", Share(repository.Freed)), ("height", "12"), ("rx", "2"));

        string Share(long bytes) => Coordinate.Percent(100.0 * bytes / most);
    }
}
