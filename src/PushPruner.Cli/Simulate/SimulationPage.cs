using System.Globalization;
using PushPruner.Cli.Amounts;
using PushPruner.Cli.Output;
using PushPruner.Cli.Report.Charts;
using PushPruner.Cli.Report;

namespace PushPruner.Cli.Simulate;

/// <summary>A simulation as a page: storage over time, a table of the policies and one of the months.</summary>
static class SimulationPage
{
    const int MostMonths = 120;

    public static string Write(SimulationReport told) => Page.Write("PushPruner: storage under several policies", html =>
    {
        WriteHeader(html, told);
        if (told.Simulation.Courses.Count > 0)
        {
            WriteChart(html, told);
            WritePolicies(html, told);
            WriteMonths(html, told);
        }

        WriteNotes(html, told);
        if (told.Sentence is { } sentence)
            html.Element("p", sentence, ("class", "lead result"));
    });

    static void WriteNotes(Markup html, SimulationReport told)
    {
        using var section = html.Open("section", ("aria-labelledby", "notes"), ("class", "notes"));
        html.Element("h2", "How to read the numbers", ("id", "notes"));
        using var list = html.Open("ul");
        html.Element(
            "li",
            "Each push prunes its repository, and every Friday night all of them are pruned. An image is deleted when N newer images "
                + "outrank it and it is older than X.");
        html.Element("li", "Sizes are ECR's, in decimal units.");
        foreach (var note in told.Notes)
            html.Element("li", note);
    }

    static void WriteHeader(Markup html, SimulationReport told)
    {
        using var header = html.Open("header");
        html.Element("p", "PushPruner simulation", ("class", "eyebrow"));
        html.Element("h1", Title(told));
        if (told.Seen.Policy.ProtectTags.Patterns.Count > 0)
            html.Element("p", $"What a tag protects is kept ({told.Seen.Policy.ProtectTags}).", ("class", "policy"));
        html.Element(
            "p",
            $"As of {told.Seen.At.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC. {told.Seen.Source.Title} Nothing was deleted for this page.",
            ("class", "muted"));
        if (told.Failed.Count == 0)
            return;

        using var box = html.Open("section", ("class", "trouble"), ("aria-labelledby", "failures"));
        html.Element(
            "h2",
            $"{TextFormat.Count(told.Failed.Count, "repository", "repositories")} couldn't be looked at, and {(told.Failed.Count == 1 ? "is" : "are")} in no number below",
            ("id", "failures"));
        using var list = html.Open("ul");
        foreach (var failed in told.Failed)
        {
            using var item = html.Open("li");
            using (html.Open("strong"))
                html.Foreign(failed.Repository);
            html.Text(": ").Text(Names.CutMessage(failed.Error ?? ""));
        }
    }

    static string Title(SimulationReport told)
    {
        if (told.Simulation.Courses.Count == 0)
            return "There is no image with a time of its push";

        var (without, own) = (told.Simulation.Without, told.Simulation.Policies.First());
        var bound = told.Bound.Before();
        return $"{char.ToUpperInvariant(bound.Length > 0 ? bound[0] : ' ')}{(bound.Length > 0 ? bound[1..] : "")}{Bytes.Shown(own.Last.Bytes)} instead of {Bytes.Shown(without.Last.Bytes)}, and {bound}{Price.Dollars(told.Saved(own))} saved so far".TrimStart();
    }

    static void WriteChart(Markup html, SimulationReport told)
    {
        using var section = html.Open("section", ("aria-labelledby", "storage"));
        html.Element("h2", "Storage over time", ("id", "storage"));
        var days = told.Simulation.Without.Days().Select(d => d.Day).ToList();
        new LineChart(
            [.. told.Simulation.Courses.Select(c => new Line(c.Name, [.. c.Days().Select(d => (d.Day, d.Point.Bytes))]))],
            TableDays.Of(days[0], days[^1]),
            told.Price).Write(html, "Bytes stored over time, without pruning and under each policy");
    }

    static void WritePolicies(Markup html, SimulationReport told)
    {
        using var section = html.Open("section", ("aria-labelledby", "policies"));
        html.Element("h2", "The policies side by side", ("id", "policies"));
        var mark = told.Bound.Mark();
        new DataTable(html) { Name = "The policies side by side" }
            .Text("Policy")
            .Number("Images now")
            .Number("Saved so far")
            .Number("Cost so far")
            .Number("A month now")
            .Number("Stored now")
            .Number("Peak")
            .Number("On average")
            .Number("Deleted")
            .Write(
                told.Simulation.Courses,
                (row, c) =>
                    row.OwnHeader(c.Name)
                        .Cell(TextFormat.Number(c.Last.Images))
                        .Cell(c == told.Simulation.Without ? "" : mark + Price.Dollars(told.Saved(c)))
                        .Cell(mark + Price.Dollars(told.Cost(c)))
                        .Cell(mark + told.Price.Shown(c.Last.Bytes))
                        .Cell(mark + Bytes.Shown(c.Last.Bytes))
                        .Cell(mark + Bytes.Shown(c.Peak))
                        .Cell(mark + Bytes.Shown((long)c.Average(c.From, c.Until)))
                        .Cell(TextFormat.Number(c.Deleted)));
    }

    static void WriteMonths(Markup html, SimulationReport told)
    {
        using var section = html.Open("section", ("aria-labelledby", "months"));
        html.Element("h2", "Month by month", ("id", "months"));
        html.Element("p", "What was stored on average, and what it cost.", ("class", "muted"));
        var months = told.Simulation.Months().ToList();
        if (months.Count > MostMonths)
            html.Element("p", $"The last {MostMonths} of {TextFormat.Number(months.Count)} months.", ("class", "muted"));
        var table = new DataTable(html) { Name = "Month by month" }.Text("Month");
        foreach (var series in told.Simulation.Courses)
            table.Number(series.Name).Number("Cost");
        table.Write(months.TakeLast(MostMonths), (row, m) =>
        {
            row.OwnHeader(m.From.ToString("yyyy-MM", CultureInfo.InvariantCulture));
            foreach (var series in told.Simulation.Courses)
                row.Cell(Bytes.Shown((long)series.Average(m.From, m.Until))).Cell(Price.Dollars(series.Cost(m.From, m.Until, told.Price)));
        });
    }
}
