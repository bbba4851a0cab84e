using PushPruner.Cli.Plan.InUse;

namespace PushPruner.Cli.Plan;

/// <summary>What a plan comes to, below its table: images, bytes, money, and what holds it back.</summary>
sealed class PlanResult(PlainConsole console, SnapshotRun seen, Price price)
{
    const int MostNamed = 10;
    const int MostReasons = 3;

    public void Write(PlanSummary summary)
    {
        var totals = summary.Totals;
        if (totals.Images == 0 && summary.Failed > 0)
            console.Write("Nothing is known of any of them.", Styles.Bad);
        else if (totals.ManifestsToGo == 0)
            console.Write("Nothing would be deleted.");
        else
            WriteDeletes(summary);

        if (totals.InDoubt > 0)
            WriteDoubts(summary);
        if (summary.Failed > 0)
        {
            var failed = summary.Rows.Where(r => r.Error is not null).Select(r => r.Repository).ToList();
            console.Write($"{TextFormat.Repositories(summary.Failed)} failed: {TextFormat.Some(failed, MostNamed)}.", Styles.Bad);
        }

        if (summary.HasLayers)
            WriteLayers(summary);
        WriteHalted(summary);
    }

    void WriteDeletes(PlanSummary summary)
    {
        var totals = summary.Totals;
        var images = $"{TextFormat.Images(totals.Expired)} would be deleted, {TextFormat.Manifests(totals.ManifestsToGo)} in all";
        if (summary is not { Freed: { } freed, Stored: { } stored })
        {
            console.Write($"{images}.");
            return;
        }

        console.Write(
            $"{images}. That frees {freed.Shown} of {Bytes.Shown(stored.Bytes)}, and saves {freed.Monthly(price)} a month, "
                + $"{freed.Yearly(price)} a year.");
        if (!summary.HasLayers)
        {
            console.Write(
                "\"Up to\" (≤), because images share layers: a size counts a layer in each image that has it. --layers counts each "
                    + "layer once.",
                Styles.Quiet);
        }

        console.Write(RunningCost.Sentence(summary.Rows.Count, price.Monthly(freed.Bytes)), Styles.Quiet);
    }

    void WriteLayers(PlanSummary summary)
    {
        if (summary.Layers is not { } layers)
        {
            console.Write(
                "No manifest could be read, so nobody knows the layers. --from takes what aws ecr batch-get-image printed as well.");
            return;
        }

        console.Write(layers.Counting, Styles.Quiet);
        if (layers.Sums.Unread > 0)
        {
            var (kept, expired) = (TextFormat.Number(layers.Sums.UnreadKept), TextFormat.Number(layers.Sums.UnreadExpired));
            console.Write($"{TextFormat.Manifests(layers.Sums.Unread)} could not be read ({kept} kept, {expired} expired).");
        }

        if (layers.Missing > 0)
        {
            var them = layers.Missing == 1 ? "it" : "them";
            console.Write(
                $"In {TextFormat.Repositories(layers.Missing)} no manifest could be read, and nothing of {them} is counted in these sums.");
        }
    }

    void WriteDoubts(PlanSummary summary)
    {
        var doubts = summary.Doubts;
        var told = doubts
            .Take(MostReasons)
            .Select(d => $"{d.Reason.Replace("in doubt: ", "", StringComparison.Ordinal)} ({TextFormat.Number(d.Count)})");
        var more = doubts.Count > MostReasons ? $"; and {TextFormat.Count(doubts.Count - MostReasons, "other reason")} (--details)" : "";
        console.Write(
            $"{TextFormat.Manifests(summary.Totals.InDoubt)} kept in doubt: {string.Join("; ", told)}{more}.", Styles.Odd);
    }

    void WriteHalted(PlanSummary summary)
    {
        if (summary.Totals.Expired == 0)
            return;

        console.Write("");
        var limit = TextFormat.Number(seen.MaxDeletes);
        if (summary.Halted.Count == 0)
        {
            console.Write($"No repository has more than {limit} expired images (MAX_DELETES), so no run is halted.");
            return;
        }

        var held = summary.TotalsOfHalted;
        var (has, whose) = summary.Halted.Count == 1 ? ("repository has", "its images") : ("repositories have", "their images");
        var money = summary.FreedOfHalted is { } bytes ? $" and {bytes.Monthly(price)} a month" : "";
        console.Write(
            $"{TextFormat.Number(summary.Halted.Count)} {has} more than {limit} expired images (MAX_DELETES). A run deletes none of "
                + $"{whose} until somebody approves it: "
                + $"{TextFormat.Number(held.Expired)} of the {TextFormat.Images(summary.Totals.Expired)}{money}. To look at them, and to "
                + "approve:",
            Styles.Bad);
        foreach (var row in summary.Halted.Take(MostNamed))
            console.Write($"  {Approval.Of(seen, row.Repository, row.Totals!.Expired)}");
        if (summary.Halted.Count > MostNamed)
            console.Write($"  and {TextFormat.Number(summary.Halted.Count - MostNamed)} more; --json names all");
    }
}

/// <summary>What to do after a plan, as commands.</summary>
sealed class NextSteps(PlainConsole console, SnapshotRun seen)
{
    public void Write(PlanSummary summary, PlanLayout layout)
    {
        if (summary.Totals.Expired == 0)
            return;

        console.Write("");
        console.Write("Nothing was deleted. Next:");
        if (!layout.HasDetails)
            console.Write("  Add --details to see each image with its reason.");
        if (summary.Usage is null)
            console.Write("  Add --in-use FILE to see whether any of them runs.");
        console.Write("  Delete them now, after a question:");
        console.Write($"    pushpruner reconcile{seen.OptionsAgain}");
        if (seen.Basis.Origin == "stack")
            return;

        console.Write("  Let each push do it; it begins as a dry run (README.md, Deploy):");
        console.Write("    sam build && sam deploy --config-env dev");
    }
}

/// <summary>Which of the images that would go are in use.</summary>
sealed class TextUsage(PlainConsole console)
{
    public void Write(Usage usage)
    {
        console.Write("");
        var others = new List<string>();
        if (usage.Elsewhere > 0)
            others.Add($"{TextFormat.Number(usage.Elsewhere)} of other registries");
        if (usage.NotFound > 0)
            others.Add($"{TextFormat.Number(usage.NotFound)} not found in the listing");
        if (usage.NotUnderstood > 0)
            others.Add($"{TextFormat.Number(usage.NotUnderstood)} more not understood");
        var given =
            $"{TextFormat.Count(usage.References, "reference")} given" + (others.Count == 0 ? "" : $": {string.Join(", ", others)}");
        if (usage.Held.Count == 0)
        {
            console.Write($"No image that would go is in use ({given}).");
            return;
        }

        console.Write(
            $"{TextFormat.Images(usage.Held.Count)} that would go {(usage.Held.Count == 1 ? "is" : "are")} in use ({given}):",
            Styles.Bad);
        foreach (var used in usage.Held)
        {
            var more = TextFormat.AndMore(used.References.Count - 1);
            console.Write(
                $"  - {used.Repository}  {TagList.Of(used.Verdict.Manifest)}  {used.Verdict.Digest}: {used.Verdict.Reason}; named by "
                    + $"{used.References[0]}{more}");
        }

        console.Write("  A tag that --protect-tags matches keeps an image, and --keep-pulled-days keeps what is still pulled.");
    }
}
