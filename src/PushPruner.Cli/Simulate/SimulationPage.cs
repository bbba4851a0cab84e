using PushPruner.Cli.Report.Charts;
using PushPruner.Cli.Report;
using PushPruner.Cli.Storage;

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
        using var section = html.Section("notes", "How to read the numbers", "notes");
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
        var at = told.Seen.At.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        html.Muted($"As of {at} UTC. {told.Seen.Source.Title} Nothing was deleted for this page.");
        if (told.Failed.Count == 0)
            return;

        using var box = html.Open("section", ("class", "trouble"), ("aria-labelledby", "failures"));
        Headline.WriteTitleOfFailures(html, told.Failed.Count);
        using var list = html.Open("ul");
        foreach (var failed in told.Failed)
            Headline.WriteFailure(html, failed.Repository, failed.Error);
    }

    static string Title(SimulationReport told)
    {
        if (told.Simulation.Courses.Count == 0)
            return "There is no image with a time of its push";

        var (without, own) = (told.Simulation.Without, told.Simulation.Policies.First());
        var bound = told.Bound.Before();
        var capital = bound.Length > 0 ? char.ToUpperInvariant(bound[0]) + bound[1..] : "";
        return $"{capital}{Bytes.Shown(own.Last.Bytes)} instead of {Bytes.Shown(without.Last.Bytes)}, and "
            + $"{bound}{Price.Dollars(told.Saved(own))} saved so far";
    }

    static void WriteChart(Markup html, SimulationReport told)
    {
        using var section = html.Section("storage", "Storage over time");
        var days = told.Simulation.Without.Days().Select(d => d.Day).ToList();
        new LineChart(
            [.. told.Simulation.Courses.Select(c => new Line(c.Name, [.. c.Days().Select(d => (d.Day, d.Point.Bytes))]))],
            TableDays.Of(days[0], days[^1]),
            told.Price).Write(html, "Bytes stored over time, without pruning and under each policy");
    }

    static void WritePolicies(Markup html, SimulationReport told)
    {
        using var section = html.Section("policies", "The policies side by side");
        var mark = told.Bound.Mark();
        new DataTable<StorageSeries>("The policies side by side")
            .OwnHeader("Policy", c => c.Name)
            .Number("Images now", c => c.Last.Images)
            .Number("Saved so far", c => c == told.Simulation.Without ? "" : mark + Price.Dollars(told.Saved(c)))
            .Number("Cost so far", c => mark + Price.Dollars(told.Cost(c)))
            .Number("A month now", c => mark + told.Price.Shown(c.Last.Bytes))
            .Number("Stored now", c => mark + Bytes.Shown(c.Last.Bytes))
            .Number("Peak", c => mark + Bytes.Shown(c.Peak))
            .Number("On average", c => mark + Bytes.Shown((long)c.Average(c.From, c.Until)))
            .Number("Deleted", c => c.Deleted)
            .Write(html, told.Simulation.Courses);
    }

    static void WriteMonths(Markup html, SimulationReport told)
    {
        using var section = html.Section("months", "Month by month");
        html.Muted("What was stored on average, and what it cost.");
        var months = told.Simulation.Months().ToList();
        if (months.Count > MostMonths)
            html.Muted($"The last {MostMonths} of {TextFormat.Number(months.Count)} months.");
        var table = new DataTable<CalendarMonth>("Month by month")
            .OwnHeader("Month", m => m.From.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        foreach (var series in told.Simulation.Courses)
        {
            table.Number(series.Name, m => Bytes.Shown((long)series.Average(m.From, m.Until)))
                .Number("Cost", m => Price.Dollars(series.Cost(m.From, m.Until, told.Price)));
        }

        table.Write(html, months.TakeLast(MostMonths));
    }
}
