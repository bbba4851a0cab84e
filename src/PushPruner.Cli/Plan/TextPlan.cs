namespace PushPruner.Cli.Plan;

/// <summary>The images where they are asked for, then a table of the repositories, then what has to be known of it.</summary>
sealed class TextPlan(TextWriter output, Price price, PlanLayout layout) : IPlanReport
{
    const int MostNotes = 10;

    readonly PlainConsole console = new(output);
    SnapshotRun? seen;
    bool hasBegun;

    public void Begin(SnapshotRun seen) => this.seen = seen;

    public void Planned(RepositoryPlan plan, CancellationToken stop)
    {
        if (!layout.HasDetails)
            return;

        WriteHead();
        new TextDetails(console).Write(plan, stop);
    }

    public void End(PlanSummary summary)
    {
        WriteHead();
        if (summary.Rows.Count == 0)
        {
            console.Write("No repository to look at.");
            return;
        }

        var (shown, leftOut) = layout.Choose(summary.Rows);
        console.Table(new PlanTable(summary, shown, price).Narrowing());
        if (leftOut > 0)
        {
            console.Write(
                $"{TextFormat.Count(leftOut, "more repository", "more repositories")} not shown; the sums are of all.", Styles.Quiet);
        }

        new PlanResult(console, seen!, price).Write(summary);
        WriteOtherRule(summary.Totals);
        if (summary.Usage is { } usage)
            new TextUsage(console).Write(usage);
        WriteNotes(summary);
        new NextSteps(console, seen!).Write(summary, layout);
    }

    public void Stop()
    {
        if (hasBegun)
            console.Write("Stopped before all was told.", Styles.Bad);
    }

    // Where it comes from is known once a repository was asked for.
    void WriteHead()
    {
        if (hasBegun)
            return;

        hasBegun = true;
        if (seen!.Basis.Sentence is { } origin)
            console.Write(origin);
        console.Write(TextFormat.Sentence(seen.Policy));
        if (seen.Source.Title is { } title)
            console.Write(title);
        console.Write("");
    }

    void WriteOtherRule(PlanTotals totals)
    {
        if (totals.Expired == 0)
            return;

        console.Write("");
        var (newest, days) = (
            TextFormat.Number(seen!.Policy.KeepNewest), seen.Policy.KeepFor.TotalDays.ToString(CultureInfo.InvariantCulture));
        var rule =
            $"The common rule \"{days} days plus {newest} more\" counts its {newest} among the older images alone; here the young ones "
                + $"count too.";
        var size = Quantity.OfImages(totals.OtherRuleBytes).Shown;
        console.Write(
            totals.OtherRuleImages == 0
                ? $"{rule} It would delete the same images."
                : $"{rule} It would keep {TextFormat.Number(totals.OtherRuleImages)} of these {TextFormat.Images(totals.Expired)} as well "
                    + $"({size}).");
    }

    void WriteNotes(PlanSummary summary)
    {
        var notes = summary.Rows.SelectMany(r => r.Notes).ToList();
        List<string> all = [.. notes.Take(MostNotes)];
        var more = TextFormat.Count(notes.Count - MostNotes, "more repository", "more repositories");
        if (notes.Count > MostNotes)
            all.Add($"{more} with resource tags of its own: --json tells of each.");

        var hints = summary.Rows.Select(r => r.Hint).OfType<string>().ToList();
        all.AddRange(hints.Take(MostNotes));
        var look = TextFormat.Count(hints.Count - MostNotes, "more repository looks", "more repositories look");
        if (hints.Count > MostNotes)
            all.Add($"{look} as if it held layer caches: --json names each.");

        if (summary.Totals.ArchivedBytes > 0)
            all.Add($"{Bytes.Shown(summary.Totals.ArchivedBytes)} are in the archive, whose price is another.");
        all.AddRange(seen!.Notes);
        if (all.Count == 0)
            return;

        console.Write("");
        foreach (var note in all)
            console.Write($"* {note}", Styles.Quiet);
    }
}
