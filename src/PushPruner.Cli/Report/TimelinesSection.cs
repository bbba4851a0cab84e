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

        using var section = html.Section("timelines", "Every image, and why");
        WriteLegend(html, timelines);
        var others = found.Repositories.Count - timelines.Count;
        if (others > 0)
        {
            var (ending, verb) = (timelines.Count == 1 ? "s" : "", others == 1 ? "isn't" : "aren't");
            html.Muted(
                $"Shown are the {TextFormat.Repositories(timelines.Count)} that free{ending} the most; "
                    + $"{TextFormat.Number(others)} more {verb} drawn. Name repositories to see theirs: "
                    + "pushpruner report NAME --html FILE.");
        }

        html.Own("""<p class="muted hint" hidden="hidden">Point at a mark, or move through the marks with the arrow keys, to see why """)
            .Own("an image is kept or deleted. Enter pins one, Escape lets it go.</p>");
        foreach (var timeline in timelines)
            WriteTimeline(html, timeline);
    }

    static void WriteLegend(Markup html, IReadOnlyList<TimelineFinding> timelines)
    {
        using var list = html.Open("ul", ("class", "legend"));
        Entry("kept", """<circle class="k" cx="8" cy="8"></circle>""");
        Entry("to delete", """<rect class="e" x="8" y="8"></rect>""");
        if (timelines.Any(t => t.Marks.Any(m => m.Fate == VerdictKind.Doubtful)))
            Entry("in doubt, kept", """<rect class="d" x="8" y="8"></rect>""");
        if (timelines.Any(t => t.Marks.Any(m => m.Span is not null)))
        {
            Entry("several, kept", """<rect class="bar k" x="5" y="2" width="5" height="13"></rect>""");
            Entry("several to delete", """<rect class="bar e" x="5" y="2" width="5" height="13"></rect>""");
        }

        Entry("before both lines: may be deleted", """<rect class="zone" width="16" height="16"></rect>""");

        void Entry(string text, string drawing) =>
            html.Own($"""<li><svg width="16" height="16" aria-hidden="true">{drawing}</svg> {text}</li>""");
    }

    void WriteTimeline(Markup html, TimelineFinding timeline)
    {
        var repository = timeline.Repository;
        using var article = html.Open("article", ("data-name", Names.Cut(repository.Name)));
        html.Own("<h3>").Foreign(repository.Name).Own("</h3>").Muted(Summary(timeline));
        if (timeline.Marks.Count == 0)
            return;

        using var plot = html.Open("div", ("class", "plot"), ("data-plot", "marks"));
        var images = $"{TextFormat.Images(repository.Images)}, {TextFormat.Number(repository.Expired)} to delete";
        new Timeline(timeline).Write(html, $"Timeline of {Names.Cut(repository.Name)}: {images}");
        html.Own("""<p class="caption" aria-live="polite" hidden="hidden"></p>""");
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
                : $"All {TextFormat.Images(repository.Images)} are kept.",
            _ =>
                $"{TextFormat.Number(repository.Expired)} of {TextFormat.Images(repository.Images)} to delete: "
                    + $"{repository.Freed.Shown}, {repository.Freed.Monthly(found.Price)} a month.",
        };
        var own = timeline.Policy == found.Policy ? "" : $" Its own policy: {TextFormat.Sentence(timeline.Policy)}";
        var few = timeline.NewestBegin is null
            ? $" No image is outranked by {TextFormat.Number(timeline.Policy.KeepNewest)} newer ones."
            : "";
        var young =
            timeline.OldFrom is { } old && timeline.Marks.Count > 0 && timeline.Marks[0].At >= old
                ? $" None was pushed more than {timeline.Policy.KeepFor.TotalDays.ToString(CultureInfo.InvariantCulture)} days ago."
                : "";
        var verb = timeline.Undated == 1 ? "isn't" : "aren't";
        var undated = timeline.Undated == 0 ? "" : $" {TextFormat.Images(timeline.Undated)} without a sane push time {verb} drawn.";
        return $"{fate}{own}{few}{young}{undated}";
    }

    static void WriteTable(Markup html, TimelineFinding timeline)
    {
        using var more = html.Open("details");
        html.Element(
            "summary", timeline.Marks.Any(m => m.Span is not null) ? "The images as a table, some days together" : "The images as a table");
        new DataTable<Mark>($"images of {Names.Cut(timeline.Repository.Name)}")
            .Header("Image", mark => mark.Name)
            .Text("Pushed", Pushed)
            .Number("Size", mark => Bytes.Shown(mark.Bytes))
            .Text("Fate", mark => mark.Fate switch { VerdictKind.Kept => "kept", VerdictKind.Expired => "to delete", _ => "in doubt" })
            .Why("Why", mark => Names.CutMessage(mark.Reason))
            .Write(html, timeline.Marks);
    }

    static string Pushed(Mark mark) => mark.Span is { } span && mark.Count > 1
        ? $"{Shown(span.From, Days)} to {Shown(span.To, Days)}"
        : Shown(mark.At, Times);

    static string Shown(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
