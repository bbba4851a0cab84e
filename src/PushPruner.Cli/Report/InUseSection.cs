using PushPruner.Cli.Plan.InUse;

namespace PushPruner.Cli.Report;

/// <summary>Which of the expired images run somewhere.</summary>
static class InUseSection
{
    const int MostImages = 50;

    public static void Write(Markup html, Findings found)
    {
        if (found.Usage is not { } usage)
            return;

        using var section = html.Section("in-use", "Expired, and in use");
        var given =
            $"{TextFormat.Count(usage.References, "reference")} given, {TextFormat.Number(usage.Elsewhere)} of other registries, "
                + $"{TextFormat.Number(usage.NotFound)} not found here";
        if (usage.Held.Count == 0)
        {
            html.Element("p", $"No expired image is in use ({given}).");
            return;
        }

        html.Element(
            "p",
            $"{TextFormat.Count(usage.Held.Count, "expired image is", "expired images are")} in use ({given}). "
                + "Protect them by a tag, or keep what was pulled lately, before anything is deleted.");
        new DataTable<UsedImage>("expired images that are in use")
            .Header("Image", used => Names.Of(used.Verdict.Manifest))
            .Foreign("Repository", used => used.Repository)
            .Foreign("Used as", used => used.References[0] + TextFormat.AndMore(used.References.Count - 1), "why")
            .Why("Why it is expired", used => Names.CutMessage(used.Verdict.Reason))
            .Write(html, usage.Held.Take(MostImages));
        if (usage.Held.Count > MostImages)
            html.Element("p", $"And {TextFormat.Number(usage.Held.Count - MostImages)} more: pushpruner plan --in-use names each.");
    }
}

/// <summary>The images in doubt, as far as there is room.</summary>
static class DoubtsSection
{
    const int MostReasons = 5;

    public static void Write(Markup html, Findings found)
    {
        if (found.Doubts.Count == 0)
            return;

        using var section = html.Section("doubts", "Images in doubt");
        html.Muted("Something about these can't be established: they are kept, and take no place among the newest.");
        using (html.Open("ul", ("class", "reasons")))
        {
            foreach (var (reason, count) in found.ReasonsOfDoubt.Take(MostReasons))
                html.Element("li", $"{TextFormat.Number(count)} {Names.CutMessage(reason)}");
        }

        new DataTable<Doubt>("images in doubt")
            .Header("Image", doubt => doubt.Name)
            .Foreign("Repository", doubt => doubt.Repository)
            .Why("Why", doubt => Names.CutMessage(doubt.Reason))
            .Write(html, found.Doubts);
        var left = found.Total().Doubts - found.Doubts.Count;
        if (left > 0)
            html.Element("p", $"And {TextFormat.Number(left)} more: pushpruner plan --details names each.");
    }
}

/// <summary>An image that is kept until a person has looked at it.</summary>
sealed record Doubt(string Repository, string Name, string Reason);
