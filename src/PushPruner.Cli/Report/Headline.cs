using System.Globalization;
using PushPruner.Cli.Amounts;
using PushPruner.Cli.Output;

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
                using var bound = html.Open("p", ("class", "lead"));
                html.Text("“Up to” (≤), because images share layers: a size counts a layer in each image that has it. With ")
                    .Element("code", "--layers")
                    .Text(" each layer counts once.");
            }

            html.Element("p", TextFormat.Sentence(found.Policy), ("class", "policy"));
            var origin = found.Seen.Basis.Sentence is { } sentenceOfOrigin ? $" {sentenceOfOrigin}" : "";
            html.Element(
                "p",
                $"As of {found.At.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC. {found.Seen.Source.Title}{origin} Nothing was deleted for this page.",
                ("class", "muted"));
        }

        WriteFailures(html);
        WriteTotals(html);
    }

    string Title => (total.Images, total.Expired, total.Freed.Bytes) switch
    {
        (0, _, _) => "There are no images to look at",
        (_, _, > 0) =>
            $"Deleting {TextFormat.Count(total.Expired, "image")} frees {total.Freed.Shown} of {Bytes.Shown(total.Stored.Bytes)} and saves {total.Freed.Monthly(found.Price)} a month",
        (_, > 0, _) => $"{TextFormat.Count(total.Expired, "image")} can be deleted",
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
            yield return $"Of this, {TextFormat.Count(held.Expired, "image")} and {held.Freed.Monthly(found.Price)} a month are held back: {TextFormat.Count(halted.Count, "repository has", "repositories have")} more than {TextFormat.Number(found.Seen.MaxDeletes)} expired images (MAX_DELETES).";
        }
    }

    void WriteFailures(Markup html)
    {
        var failures = found.Failures;
        if (failures.Count == 0)
            return;

        using var box = html.Open("section", ("class", "trouble"), ("aria-labelledby", "failures"));
        html.Element(
            "h2",
            $"{TextFormat.Count(failures.Count, "repository", "repositories")} couldn't be looked at, and {(failures.Count == 1 ? "is" : "are")} in no number below",
            ("id", "failures"));
        using (html.Open("ul"))
        {
            foreach (var failure in failures.Take(MostFailures))
            {
                using var item = html.Open("li");
                using (html.Open("strong"))
                    html.Foreign(failure.Name);
                html.Text(": ").Text(Names.CutMessage(failure.Error ?? ""));
            }
        }

        if (failures.Count > MostFailures)
            html.Element("p", $"And {TextFormat.Number(failures.Count - MostFailures)} more.");
    }

    void WriteTotals(Markup html)
    {
        using var section = html.Open("section", ("aria-label", "Totals"));
        using var tiles = html.Open("dl", ("class", "tiles"));
        var (freed, stored) = (total.Freed, total.Stored);
        Tile(
            html,
            "freed",
            "Storage to free",
            freed.InCell,
            $"of {Bytes.Shown(stored.Bytes)} now ({Percent(freed.Bytes, stored.Bytes)})",
            Share(freed.Bytes, stored.Bytes));
        Tile(
            html,
            "saved",
            "Saved a month",
            freed.MonthlyInCell(found.Price),
            $"of {found.Price.Shown(stored.Bytes)} at ${found.Price.PerGigabyteMonth.ToString("0.00##", CultureInfo.InvariantCulture)} a GB",
            Share(freed.Bytes, stored.Bytes));
        Tile(
            html,
            "saved-a-year",
            "Saved a year",
            freed.Bound.Mark() + found.Price.ShownAYear(freed.Bytes),
            $"running a stack costs some {RunningCost.Shown(found.Repositories.Count)} a month",
            share: null);
        Tile(
            html,
            "expired",
            "Images to delete",
            TextFormat.Number(total.Expired),
            $"of {TextFormat.Number(total.Images)} in {TextFormat.Count(found.Repositories.Count, "repository", "repositories")}",
            Share(total.Expired, total.Images));
        var held = found.Halted;
        Tile(
            html,
            "halted",
            "Repositories held back",
            TextFormat.Number(held.Count),
            $"more than {TextFormat.Number(found.Seen.MaxDeletes)} expired images each (MAX_DELETES)",
            share: null);
        Tile(
            html,
            "doubts",
            "Images in doubt",
            TextFormat.Number(total.Doubts),
            total.Doubts == 0 ? "nothing needs a look" : "kept until somebody has looked",
            share: null);
    }

    static string Percent(double part, double whole) => (Share(part, whole) ?? 0).ToString("0%", CultureInfo.InvariantCulture);

    static double? Share(double part, double whole) => whole > 0 ? part / whole : null;

    static void Tile(Markup html, string name, string label, string value, string beside, double? share)
    {
        using var tile = html.Open("div", ("class", "tile"));
        html.Element("dt", label);
        html.Element("dd", value, ("class", "value"), ("data-total", name));
        using (html.Open("dd", ("class", "beside")))
        {
            html.Element("span", beside);
            if (share is { } part)
                Meter.Write(html, part);
        }
    }
}
