using System.Globalization;
using PushPruner.Cli.Report;
using PushPruner.Cli.Report.Charts;

namespace PushPruner.Cli.Simulate;

/// <summary>A simulation as a page: storage over time, a table of the policies and one of the months.</summary>
static class SimulationPage
{
    const int MostMonths = 120;

    public static string Write(Told told) => Page.Write("PushPruner: storage under several policies", html =>
    {
        WriteHeader(html, told);
        if (told.Simulation.Courses.Count > 0)
        {
            WriteChart(html, told);
            WritePolicies(html, told);
            WriteMonths(html, told);
        }

        using var section = html.Open("section", ("aria-labelledby", "notes"), ("class", "notes"));
        html.Element("h2", "How to read the numbers", ("id", "notes"));
        using var list = html.Open("ul");
        html.Element("li", "Each push prunes its repository, and every Friday night all of them are pruned. An image goes when N newer images outrank it and it is older than X.");
        html.Element("li", "Sizes are ECR's, in decimal units; a layer that images share is counted in each of them.");
        foreach (var note in told.Notes)
            html.Element("li", note);
    });

    static void WriteHeader(Markup html, Told told)
    {
        using var header = html.Open("header");
        html.Element("p", "PushPruner simulation", ("class", "eyebrow"));
        html.Element("h1", Title(told));
        if (told.Seen.Policy.ProtectTags.Patterns.Count > 0)
            html.Element("p", $"What a tag protects stays ({told.Seen.Policy.ProtectTags}).", ("class", "policy"));
        html.Element("p", $"As of {told.Seen.At.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC. {told.Seen.Source.Title} Nothing was deleted for this page.", ("class", "muted"));
        if (told.Failed.Count == 0)
            return;

        using var box = html.Open("section", ("class", "trouble"), ("aria-labelledby", "failures"));
        html.Element("h2", $"{Words.Count(told.Failed.Count, "repository", "repositories")} couldn't be looked at, and {(told.Failed.Count == 1 ? "is" : "are")} in no number below", ("id", "failures"));
        using var list = html.Open("ul");
        foreach (var failed in told.Failed)
        {
            using var item = html.Open("li");
            using (html.Open("strong"))
                html.Foreign(failed.Repository);
            html.Text(": ").Text(Names.CutMessage(failed.Error ?? ""));
        }
    }

    static string Title(Told told)
    {
        if (told.Simulation.Courses.Count == 0)
            return "There is no image with a time of its push";

        var (without, own) = (told.Simulation.Without, told.Simulation.Policies.First());
        return $"{Bytes.Shown(own.Last.Bytes)} instead of {Bytes.Shown(without.Last.Bytes)}, and {Price.Dollars(told.Saved(own))} saved so far";
    }

    static void WriteChart(Markup html, Told told)
    {
        using var section = html.Open("section", ("aria-labelledby", "storage"));
        html.Element("h2", "Storage over time", ("id", "storage"));
        var days = told.Simulation.Without.Days().Select(d => d.Day).ToList();
        new LineChart([.. told.Simulation.Courses.Select(c => new Line(c.Name, [.. c.Days().Select(d => (d.Day, d.Point.Bytes))]))], TableDays.Of(days[0], days[^1]), told.Price)
            .Write(html, "Bytes stored over time, without pruning and under each policy");
    }

    static void WritePolicies(Markup html, Told told)
    {
        using var section = html.Open("section", ("aria-labelledby", "policies"));
        html.Element("h2", "The policies side by side", ("id", "policies"));
        WriteTable(html, "The policies side by side", ["Policy", "Images now", "Stored now", "At most", "On average", "Deleted", "A month now", "Cost so far", "Saved so far"], told.Simulation.Courses.Select(c => (string[])
        [
            c.Name, Words.Number(c.Last.Images), Bytes.Shown(c.Last.Bytes), Bytes.Shown(c.Peak), Bytes.Shown((long)c.Average(c.From, c.Until)), Words.Number(c.Deleted),
            told.Price.Shown(c.Last.Bytes), Price.Dollars(told.Cost(c)), c == told.Simulation.Without ? "" : Price.Dollars(told.Saved(c)),
        ]));
    }

    static void WriteMonths(Markup html, Told told)
    {
        using var section = html.Open("section", ("aria-labelledby", "months"));
        html.Element("h2", "Month by month", ("id", "months"));
        html.Element("p", "What was stored on average, and what it cost.", ("class", "muted"));
        var months = told.Simulation.Months().ToList();
        if (months.Count > MostMonths)
            html.Element("p", $"The last {MostMonths} of {Words.Number(months.Count)} months.", ("class", "muted"));
        WriteTable(html, "Month by month", ["Month", .. told.Simulation.Courses.SelectMany(c => (string[])[c.Name, "Cost"])], months.TakeLast(MostMonths).Select(m => (string[])
        [
            m.From.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            .. told.Simulation.Courses.SelectMany(c => (string[])[Bytes.Shown((long)c.Average(m.From, m.Until)), Price.Dollars(c.Cost(m.From, m.Until, told.Price))]),
        ]));
    }

    static void WriteTable(Markup html, string name, IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        using var scroll = html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", $"Table: {name}"));
        using var table = html.Open("table");
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            foreach (var (index, column) in columns.Index())
                html.Element("th", column, index == 0 ? [("scope", "col")] : [("scope", "col"), ("class", "n")]);
        }

        using var body = html.Open("tbody");
        foreach (var row in rows)
        {
            using var cells = html.Open("tr");
            html.Element("th", row[0], ("scope", "row"));
            foreach (var cell in row.Skip(1))
                html.Element("td", cell, ("class", "n"));
        }
    }
}
