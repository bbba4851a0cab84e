using System.Globalization;

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
            html.Element("p", Words.Sentence(found.Policy), ("class", "policy"));
            html.Element("p", $"As of {found.At.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC. {found.Title} Nothing was deleted for this page.", ("class", "muted"));
        }

        WriteFailures(html);
        WriteTotals(html);
    }

    string Title => (total.Images, total.Expired, total.Freed) switch
    {
        (0, _, _) => "There are no images to look at",
        (_, _, > 0) => $"{Bytes.Shown(total.Freed)} of {Bytes.Shown(total.Stored)} can go, and {found.Price.Shown(total.Freed)} a month",
        (_, > 0, _) => $"{Words.Count(total.Expired, "image")} can go",
        _ => "Nothing can go: the policy keeps every image",
    };

    void WriteFailures(Markup html)
    {
        var failures = found.Failures;
        if (failures.Count == 0)
            return;

        using var box = html.Open("section", ("class", "trouble"), ("aria-labelledby", "failures"));
        html.Element("h2", $"{Words.Count(failures.Count, "repository", "repositories")} couldn't be looked at, and {(failures.Count == 1 ? "is" : "are")} in no number below", ("id", "failures"));
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
            html.Element("p", $"And {Words.Number(failures.Count - MostFailures)} more.");
    }

    void WriteTotals(Markup html)
    {
        using var section = html.Open("section", ("aria-label", "Totals"));
        using var tiles = html.Open("dl", ("class", "tiles"));
        Tile(html, "freed", "Storage to free", Bytes.Shown(total.Freed), $"of {Bytes.Shown(total.Stored)} now ({Percent(total.Freed, total.Stored)})", Share(total.Freed, total.Stored));
        Tile(html, "saved", "Saved a month", found.Price.Shown(total.Freed), $"of {found.Price.Shown(total.Stored)} at ${found.Price.PerGigabyteMonth.ToString("0.00##", CultureInfo.InvariantCulture)} a GB", Share(total.Freed, total.Stored));
        Tile(html, "expired", "Images to go", Words.Number(total.Expired), $"of {Words.Number(total.Images)} in {Words.Count(found.Repositories.Count, "repository", "repositories")}", Share(total.Expired, total.Images));
        Tile(html, "doubts", "Images in doubt", Words.Number(total.Doubts), total.Doubts == 0 ? "nothing needs a look" : "kept until somebody has looked", share: null);
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
