using System.Globalization;
using PushPruner.Cli.Plan.InUse;
using PushPruner.Cli.Plan.Layers;
using PushPruner.Cli.Surveys;
using Spectre.Console;

namespace PushPruner.Cli.Plan;

/// <summary>The images where they are asked for, then a table of the repositories, then what has to be known of it.</summary>
sealed class TextPlan(TextWriter output, Price price, bool hasDetails) : IPlanReport
{
    const int MostTags = 5;
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

        console.Table([Table(summary, hasDollars: true), Table(summary, hasDollars: false)]);
        WriteResult(summary);
        WriteOtherRule(summary.Totals);
        WriteLayers(summary);
        if (summary.Usage is { } usage)
            WriteUsage(usage);
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

    Table Table(PlanSummary summary, bool hasDollars)
    {
        var totals = summary.Totals;
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn(new Text("Repository")) { Footer = new Text(Words.Count(summary.Rows.Count, "repository", "repositories")) });
        foreach (var (name, total) in Cells(totals, summary.Layers))
            table.AddColumn(new TableColumn(new Text(name)) { Footer = new Text(total), NoWrap = true }.RightAligned());
        foreach (var row in summary.Rows)
        {
            var cells = row.Totals is { } of
                ? Cells(of, row.Layers).Select(c => new Text(c.Value))
                : [new Text("failed", Bad), .. Enumerable.Repeat(new Text(""), table.Columns.Count - 2)];
            table.AddRow([new Text(Harmless.Text(row.Repository)), .. cells]);
        }

        return table;

        IEnumerable<(string Name, string Value)> Cells(PlanTotals of, LayerSums? layers)
        {
            yield return ("Images", Words.Number(of.Images));
            yield return ("Kept", Words.Number(of.Kept));
            yield return ("Expired", Words.Number(of.Expired));
            if (totals.InDoubt > 0)
                yield return ("In doubt", Words.Number(of.InDoubt));
            yield return ("Size now", Bytes.Shown(of.Bytes));
            yield return ("To free", Bytes.Shown(of.BytesToFree));
            var isUnknown = summary.HasLayers && layers is null;
            if (summary.HasLayers)
            {
                yield return ("Layers now", isUnknown ? "?" : Bytes.Shown(layers!.Stored));
                yield return ("Layers to free", isUnknown ? "?" : Bytes.Shown(layers!.Freed));
            }

            // Dollars are paid for layers, where these are known.
            if (hasDollars)
            {
                yield return ("$ a month now", isUnknown ? "?" : price.Shown(layers?.Stored ?? of.Bytes));
                yield return ("$ saved a month", isUnknown ? "?" : price.Shown(layers?.Freed ?? of.BytesToFree));
            }
        }
    }

    void WriteResult(PlanSummary summary)
    {
        var totals = summary.Totals;
        console.Write(totals.ManifestsToGo == 0
            ? "Nothing would be deleted."
            : $"{Words.Count(totals.Expired, "image")} would go, {Words.Count(totals.ManifestsToGo, "manifest")} in all: {Bytes.Shown(totals.BytesToFree)} of {Bytes.Shown(totals.Bytes)}, {price.Shown(totals.BytesToFree)} a month of {price.Shown(totals.Bytes)}.");
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

    void WriteLayers(PlanSummary summary)
    {
        if (!summary.HasLayers)
        {
            if (summary.Totals.Expired > 0)
                console.Write("A size counts a layer in each image that has it; images share layers, and --layers tells what is really freed.", Quiet);
            return;
        }

        console.Write("");
        if (summary.Layers is not { } layers)
        {
            console.Write("No manifest could be read, so nobody knows the layers. Beside a saved listing it takes what aws ecr batch-get-image printed.");
            return;
        }

        var totals = summary.TotalsOfLayers;
        var isAll = summary.WithoutLayers == 0;
        var stored = isAll && layers.Unread == 0 ? "" : "at least ";
        var freed = (isAll, layers) switch
        {
            (_, { UnreadKept: > 0, UnreadExpired: > 0 }) or (false, { UnreadKept: > 0 }) => "about ",
            (_, { UnreadKept: > 0 }) => "at most ",
            (_, { UnreadExpired: > 0 }) or (false, _) => "at least ",
            _ => "",
        };
        console.Write(
            $"With each layer counted once a repository, {stored}{Bytes.Shown(layers.Stored)} are stored and {freed}{Bytes.Shown(layers.Freed)} would be freed, {freed}{price.Shown(layers.Freed)} a month of {price.Shown(layers.Stored)}.");
        console.Write(
            $"The sizes of the same images add up to {Bytes.Shown(totals.Bytes)} and {Bytes.Shown(totals.BytesToFree)}: there a layer counts in each image that has it, and freed is only what no kept image of the repository needs.");
        if (layers.Unread > 0)
            console.Write($"{Words.Count(layers.Unread, "manifest")} could not be read ({Words.Number(layers.UnreadKept)} kept, {Words.Number(layers.UnreadExpired)} expired).");
        if (!isAll)
            console.Write($"Of {Words.Count(summary.WithoutLayers, "repository", "repositories")} no manifest could be read, and nothing is counted in these sums.");
    }

    void WriteUsage(Usage usage)
    {
        console.Write("");
        var others = new List<string>();
        if (usage.Elsewhere > 0)
            others.Add($"{Words.Number(usage.Elsewhere)} of other registries");
        if (usage.NotFound > 0)
            others.Add($"{Words.Number(usage.NotFound)} not found in the listing");
        if (usage.NotUnderstood > 0)
            others.Add($"{Words.Number(usage.NotUnderstood)} more not understood");
        var given = $"{Words.Count(usage.References, "reference")} given" + (others.Count == 0 ? "" : $": {string.Join(", ", others)}");
        if (usage.Held.Count == 0)
        {
            console.Write($"No image that would go is in use ({given}).");
            return;
        }

        console.Write($"{Words.Count(usage.Held.Count, "image")} that would go {(usage.Held.Count == 1 ? "is" : "are")} in use ({given}):", Bad);
        foreach (var used in usage.Held)
        {
            var more = used.References.Count > 1 ? $" and {Words.Number(used.References.Count - 1)} more" : "";
            console.Write($"  - {used.Repository}  {Tags(used.Verdict.Manifest)}  {used.Verdict.Digest}: {used.Verdict.Reason}; named by {used.References[0]}{more}");
        }

        console.Write("  A tag that --protect-tags matches keeps an image, and --keep-pulled-days keeps what is still pulled.");
    }

    void WriteNotes(PlanSummary summary)
    {
        var notes = summary.Rows.SelectMany(r => r.Notes).ToList();
        List<string> all = [.. notes.Take(MostNotes)];
        if (notes.Count > MostNotes)
            all.Add($"{Words.Count(notes.Count - MostNotes, "more repository", "more repositories")} with resource tags of its own: --json tells of each.");
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

    public static string Tags(Manifest manifest) => manifest.Tags.Count == 0
        ? "untagged"
        : string.Join(", ", manifest.Tags.Take(MostTags)) + (manifest.Tags.Count > MostTags ? string.Create(CultureInfo.InvariantCulture, $" and {manifest.Tags.Count - MostTags} more") : "");
}
