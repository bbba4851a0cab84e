using System.Globalization;
using PushPruner.Cli.Surveys;
using Spectre.Console;

namespace PushPruner.Cli.Plan;

/// <summary>The images where they are asked for, then a table of the repositories, then what has to be known of it.</summary>
sealed class TextPlan(TextWriter output, Price price, bool hasDetails) : IPlanReport
{
    const int MostNotes = 10;

    static readonly Style Quiet = new(Color.Grey);
    static readonly Style Bad = new(Color.Red);

    readonly PlainConsole console = new(output);
    Sighting? seen;
    bool hasBegun;

    public void Begin(Sighting seen) => this.seen = seen;

    public void Planned(RepositoryPlan plan, CancellationToken stop)
    {
        if (!hasDetails)
            return;

        WriteHead();
        new TextDetails(console).Write(plan, stop);
    }

    public void Failed(PlanRow row)
    {
    }

    public void End(PlanSummary summary)
    {
        WriteHead();
        if (summary.Rows.Count == 0)
        {
            console.Write("No repository to look at.");
            return;
        }

        console.Table([new PlanTable(summary, price, hasDollars: true).Table(), new PlanTable(summary, price, hasDollars: false).Table()]);
        WriteResult(summary);
        WriteOtherRule(summary.Totals);
        new TextLayers(console, price).Write(summary);
        if (summary.Usage is { } usage)
            new TextUsage(console).Write(usage);
        WriteNotes(summary);
    }

    public void Stop()
    {
        if (hasBegun)
            console.Write("Stopped before all was told.", Bad);
    }

    // Where it comes from is known once a repository was asked for.
    void WriteHead()
    {
        if (hasBegun)
            return;

        hasBegun = true;
        console.Write(Words.Sentence(seen!.Policy));
        if (seen.Source.Title is { } title)
            console.Write(title);
        console.Write("");
    }

    void WriteResult(PlanSummary summary)
    {
        var totals = summary.Totals;
        if (totals.Images == 0 && summary.Failed > 0)
            console.Write("Nothing is known of any of them.", Bad);
        else if (totals.ManifestsToGo == 0)
            console.Write("Nothing would be deleted.");
        else
            console.Write($"{Words.Count(totals.Expired, "image")} would go, {Words.Count(totals.ManifestsToGo, "manifest")} in all: {Bytes.Shown(totals.BytesToFree)} of {Bytes.Shown(totals.Bytes)}, {price.Shown(totals.BytesToFree)} a month of {price.Shown(totals.Bytes)}.");
        if (summary.Failed > 0)
            console.Write($"{Words.Count(summary.Failed, "repository", "repositories")} failed: {Some(summary.Rows.Where(r => r.Error is not null).Select(r => r.Repository))}.", Bad);
    }

    void WriteOtherRule(PlanTotals totals)
    {
        if (totals.Expired == 0)
            return;

        console.Write("");
        var (newest, days) = (Words.Number(seen!.Policy.KeepNewest), seen.Policy.KeepFor.TotalDays.ToString(CultureInfo.InvariantCulture));
        var rule = $"The common rule \"{days} days plus {newest} more\" counts its {newest} among the older images alone; here the young ones count too.";
        console.Write(totals.OtherRuleImages == 0
            ? $"{rule} It would let the same images go."
            : $"{rule} It would keep {Words.Number(totals.OtherRuleImages)} of these {Words.Count(totals.Expired, "image")} as well ({Bytes.Shown(totals.OtherRuleBytes)}).");
    }

    void WriteNotes(PlanSummary summary)
    {
        var notes = summary.Rows.SelectMany(r => r.Notes).ToList();
        List<string> all = [.. notes.Take(MostNotes)];
        if (notes.Count > MostNotes)
            all.Add($"{Words.Count(notes.Count - MostNotes, "more repository", "more repositories")} with resource tags of its own: --json tells of each.");
        var hints = summary.Rows.Select(r => r.Hint).OfType<string>().ToList();
        all.AddRange(hints.Take(MostNotes));
        if (hints.Count > MostNotes)
            all.Add($"{Words.Count(hints.Count - MostNotes, "more repository looks", "more repositories look")} as if it held layer caches: --json names each.");
        if (summary.Totals.ArchivedBytes > 0)
            all.Add($"{Bytes.Shown(summary.Totals.ArchivedBytes)} are in the archive, whose price is another.");
        all.AddRange(seen!.Source.Notes);
        if (all.Count == 0)
            return;

        console.Write("");
        foreach (var note in all)
            console.Write($"* {note}", Quiet);
    }

    static string Some(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(MostNotes)) + (all.Count > MostNotes ? $" and {Words.Number(all.Count - MostNotes)} more" : "");
    }
}
