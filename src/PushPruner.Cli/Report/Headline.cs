namespace PushPruner.Cli.Report;

/// <summary>What it comes to: the policy, the totals, and what couldn't be looked at.</summary>
sealed class Headline(Findings found)
{
    const int MostFailures = 50;

    readonly RepositoryFinding total = found.Total();

    public void Write(Markup html)
    {
        using (html.Open("header"))
        {
            html.Element("p", "PushPruner report", ("class", "eyebrow"));
            html.Element("h1", Title);
            foreach (var sentence in Lead())
                html.Element("p", sentence, ("class", "lead"));
            if (!found.HasLayers && total.Freed.Bytes > 0)
            {
                html.Own("""<p class="lead">“Up to” (≤), because images share layers: a size counts a layer in each image that has it. """)
                    .Own("With <code>--layers</code> each layer counts once.</p>");
            }

            html.Element("p", TextFormat.Sentence(found.Policy), ("class", "policy"));
            var origin = found.Seen.Basis.Sentence is { } sentenceOfOrigin ? $" {sentenceOfOrigin}" : "";
            var at = found.At.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
            html.Muted($"As of {at} UTC. {found.Seen.Source.Title}{origin} Nothing was deleted for this page.");
        }

        WriteFailures(html);
        WriteTotals(html);
    }

    string Title => (total.Images, total.Expired, total.Freed.Bytes) switch
    {
        (0, _, _) => "There are no images to look at",
        (_, _, > 0) =>
            $"Deleting {TextFormat.Images(total.Expired)} frees {total.Freed.Shown} of {Bytes.Shown(total.Stored.Bytes)} and saves "
                + $"{total.Freed.Monthly(found.Price)} a month",
        (_, > 0, _) => $"{TextFormat.Images(total.Expired)} can be deleted",
        _ => "Nothing would be deleted: the policy keeps every image",
    };

    // What whoever decides has to weigh, before any table.
    IEnumerable<string> Lead()
    {
        if (total.Freed.Bytes == 0)
            yield break;

        yield return $"That is {total.Freed.Yearly(found.Price)} a year, as storage is today. "
            + $"{RunningCost.Sentence(found.Repositories.Count, found.Price.Monthly(total.Freed.Bytes))}";
        if (found.Halted is { Count: > 0 } halted)
        {
            var held = RepositoryFinding.Sum("", halted);
            yield return $"Of this, {TextFormat.Images(held.Expired)} and {held.Freed.Monthly(found.Price)} a month are held back: "
                + $"{TextFormat.Count(halted.Count, "repository has", "repositories have")} more than "
                + $"{TextFormat.Number(found.Seen.MaxDeletes)} expired images (MAX_DELETES).";
        }
    }

    void WriteFailures(Markup html)
    {
        var failures = found.Failures;
        if (failures.Count == 0)
            return;

        using var box = html.Open("section", ("class", "trouble"), ("aria-labelledby", "failures"));
        WriteTitleOfFailures(html, failures.Count);
        html.Own("<ul>");
        foreach (var failure in failures.Take(MostFailures))
            WriteFailure(html, failure.Name, failure.Error);
        html.Own("</ul>");
        if (failures.Count > MostFailures)
            html.Element("p", $"And {TextFormat.Number(failures.Count - MostFailures)} more.");
    }

    public static void WriteTitleOfFailures(Markup html, int count)
    {
        var title = $"{TextFormat.Repositories(count)} couldn't be looked at, and {(count == 1 ? "is" : "are")}";
        html.Element("h2", $"{title} in no number below", ("id", "failures"));
    }

    /// <summary>A repository that couldn't be looked at, as an item of a list.</summary>
    public static void WriteFailure(Markup html, string repository, string? error)
    {
        html.Own("<li><strong>").Foreign(repository).Own("</strong>: ");
        html.Text(Names.CutMessage(error ?? "")).Own("</li>");
    }

    void WriteTotals(Markup html)
    {
        using var section = html.Open("section", ("aria-label", "Totals"));
        using var tiles = html.Open("dl", ("class", "tiles"));
        foreach (var (name, label, value, beside, share) in Tiles())
        {
            html.Write($"""<div class="tile"><dt>{label}</dt><dd class="value" data-total="{name}">{value}</dd>""");
            html.Write($"""<dd class="beside"><span>{beside}</span>""");
            if (share is { } part)
                Meter.Write(html, part * 100);
            html.Own("</dd></div>");
        }
    }

    IEnumerable<(string Name, string Label, string Value, string Beside, double? Share)> Tiles()
    {
        var (freed, stored, price) = (total.Freed, total.Stored, found.Price);
        var share = Share(freed.Bytes, stored.Bytes);
        var percent = (share ?? 0).ToString("0%", CultureInfo.InvariantCulture);
        var dollars = price.PerGigabyteMonth.ToString("0.00##", CultureInfo.InvariantCulture);
        var repositories = found.Repositories.Count;
        yield return ("freed", "Storage to free", freed.InCell, $"of {Bytes.Shown(stored.Bytes)} now ({percent})", share);
        yield return ("saved", "Saved a month", freed.MonthlyInCell(price), $"of {price.Shown(stored.Bytes)} at ${dollars} a GB", share);
        yield return (
            "saved-a-year",
            "Saved a year",
            freed.Bound.Mark() + price.ShownAYear(freed.Bytes),
            $"running a stack costs some {RunningCost.Shown(repositories)} a month",
            null);
        yield return (
            "expired",
            "Images to delete",
            TextFormat.Number(total.Expired),
            $"of {TextFormat.Number(total.Images)} in {TextFormat.Repositories(repositories)}",
            Share(total.Expired, total.Images));
        yield return (
            "halted",
            "Repositories held back",
            TextFormat.Number(found.Halted.Count),
            $"more than {TextFormat.Number(found.Seen.MaxDeletes)} expired images each (MAX_DELETES)",
            null);
        var doubts = total.Doubts == 0 ? "nothing needs a look" : "kept until somebody has looked";
        yield return ("doubts", "Images in doubt", TextFormat.Number(total.Doubts), doubts, null);
    }

    static double? Share(double part, double whole) => whole > 0 ? part / whole : null;
}
