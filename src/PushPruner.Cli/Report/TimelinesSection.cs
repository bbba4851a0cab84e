using System.Globalization;
using PushPruner.Cli.Amounts;
using PushPruner.Cli.Output;
using PushPruner.Cli.Report.Charts;

namespace PushPruner.Cli.Report;

/// <summary>A timeline for each of the repositories that free the most.</summary>
sealed class TimelinesSection(Findings found)
{
    const string Days = "yyyy-MM-dd";
    const string Times = "yyyy-MM-dd HH:mm";

    public void Write(Markup html)
    {
        var timelines = found.Timelines();
        if (timelines.Count == 0)
            return;

        using var section = html.Open("section", ("aria-labelledby", "timelines"));
        html.Element("h2", "Every image, and why", ("id", "timelines"));
        WriteLegend(html, timelines);
        var others = found.Repositories.Count - timelines.Count;
        if (others > 0)
        {
            html.Element(
                "p",
                $"Shown are the {TextFormat.Count(timelines.Count, "repository", "repositories")} that free{(timelines.Count == 1 ? "s" : "")} the most; {TextFormat.Number(others)} more {(others == 1 ? "isn't" : "aren't")} drawn. Name repositories to see theirs: pushpruner report NAME --html FILE.",
                ("class", "muted"));
        }

        html.Element(
            "p",
            "Point at a mark, or move through the marks with the arrow keys, to see why an image is kept or deleted. Enter pins one, "
                + "Escape lets it go.",
            ("class", "muted hint"),
            ("hidden", "hidden"));
        foreach (var timeline in timelines)
            WriteTimeline(html, timeline);
    }

    static void WriteLegend(Markup html, IReadOnlyList<TimelineFinding> timelines)
    {
        using var list = html.Open("ul", ("class", "legend"));
        Entry(html, "kept", svg => svg.Element("circle", "", ("class", "k"), ("cx", "8"), ("cy", "8")));
        Entry(html, "to delete", svg => svg.Element("rect", "", ("class", "e"), ("x", "8"), ("y", "8")));
        if (timelines.Any(t => t.Marks.Any(m => m.Fate == VerdictKind.Doubtful)))
            Entry(html, "in doubt, kept", svg => svg.Element("rect", "", ("class", "d"), ("x", "8"), ("y", "8")));
        if (timelines.Any(t => t.Marks.Any(m => m.Span is not null)))
        {
            Entry(
                html,
                "several, kept",
                svg => svg.Element("rect", "", ("class", "bar k"), ("x", "5"), ("y", "2"), ("width", "5"), ("height", "13")));
            Entry(
                html,
                "several to delete",
                svg => svg.Element("rect", "", ("class", "bar e"), ("x", "5"), ("y", "2"), ("width", "5"), ("height", "13")));
        }

        Entry(
            html,
            "before both lines: may be deleted",
            svg => svg.Element("rect", "", ("class", "zone"), ("width", "16"), ("height", "16")));
    }

    static void Entry(Markup html, string text, Action<Markup> draw)
    {
        using var item = html.Open("li");
        using (html.Open("svg", ("width", "16"), ("height", "16"), ("aria-hidden", "true")))
            draw(html);
        html.Text(" ").Text(text);
    }

    void WriteTimeline(Markup html, TimelineFinding timeline)
    {
        var repository = timeline.Repository;
        using var article = html.Open("article", ("data-name", Names.Cut(repository.Name)));
        using (html.Open("h3"))
            html.Foreign(repository.Name);
        html.Element("p", Summary(timeline), ("class", "muted"));
        if (timeline.Marks.Count == 0)
            return;

        using var plot = html.Open("div", ("class", "plot"), ("data-plot", "marks"));
        new Timeline(timeline).Write(
            html,
            $"Timeline of {Names.Cut(repository.Name)}: {TextFormat.Count(repository.Images, "image")}, {TextFormat.Number(repository.Expired)} to delete");
        html.Element("p", "", ("class", "caption"), ("aria-live", "polite"), ("hidden", "hidden"));
        WriteTable(html, timeline);
    }

    string Summary(TimelineFinding timeline)
    {
        var repository = timeline.Repository;
        var fate = repository switch
        {
            { KeepsEverything: { } why } => $"Nothing of it may be deleted: {Names.CutMessage(why)}.",
            { Expired: 0 } => repository.Images == 1
                ? "Its image is kept."
                : $"All {TextFormat.Count(repository.Images, "image")} are kept.",
            _ =>
                $"{TextFormat.Number(repository.Expired)} of {TextFormat.Count(repository.Images, "image")} to delete: {repository.Freed.Shown}, {repository.Freed.Monthly(found.Price)} a month.",
        };
        var own = timeline.Policy == found.Policy ? "" : $" Its own policy: {TextFormat.Sentence(timeline.Policy)}";
        var few = timeline.NewestBegin is null
            ? $" No image is outranked by {TextFormat.Number(timeline.Policy.KeepNewest)} newer ones."
            : "";
        var young =
            timeline.OldFrom is { } old && timeline.Marks.Count > 0 && timeline.Marks[0].At >= old
                ? $" None was pushed more than {timeline.Policy.KeepFor.TotalDays.ToString(CultureInfo.InvariantCulture)} days ago."
                : "";
        var undated =
            timeline.Undated == 0
                ? ""
                : $" {TextFormat.Count(timeline.Undated, "image")} without a sane push time {(timeline.Undated == 1 ? "isn't" : "aren't")} drawn.";
        return $"{fate}{own}{few}{young}{undated}";
    }

    static void WriteTable(Markup html, TimelineFinding timeline)
    {
        using var more = html.Open("details");
        html.Element(
            "summary", timeline.Marks.Any(m => m.Span is not null) ? "The images as a table, some days together" : "The images as a table");
        new DataTable(html) { Name = $"images of {Names.Cut(timeline.Repository.Name)}" }
            .Text("Image")
            .Text("Pushed")
            .Number("Size")
            .Text("Fate")
            .Why("Why")
            .Write(
                timeline.Marks,
                (row, mark) =>
                    row.Header(mark.Name)
                        .Cell(Pushed(mark))
                        .Cell(Bytes.Shown(mark.Bytes))
                        .Cell(FateOf(mark.Fate))
                        .Cell(Names.CutMessage(mark.Reason)));
    }

    static string Pushed(Mark mark) => mark.Span is { } span && mark.Count > 1
        ? $"{Shown(span.From, Days)} to {Shown(span.To, Days)}"
        : Shown(mark.At, Times);

    static string Shown(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    static string FateOf(VerdictKind fate) => fate switch
    {
        VerdictKind.Kept => "kept",
        VerdictKind.Expired => "to delete",
        _ => "in doubt",
    };
}
