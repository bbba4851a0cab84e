using PushPruner.Cli.Output;

namespace PushPruner.Cli.Report;

/// <summary>Which of the expired images run somewhere.</summary>
static class InUseSection
{
    const int MostImages = 50;

    public static void Write(Markup html, Findings found)
    {
        if (found.Usage is not { } usage)
            return;

        using var section = html.Open("section", ("aria-labelledby", "in-use"));
        html.Element("h2", "Expired, and in use", ("id", "in-use"));
        var given =
            $"{TextFormat.Count(usage.References, "reference")} given, {TextFormat.Number(usage.Elsewhere)} of other registries, {TextFormat.Number(usage.NotFound)} not found here";
        if (usage.Held.Count == 0)
        {
            html.Element("p", $"No expired image is in use ({given}).");
            return;
        }

        html.Element(
            "p",
            $"{TextFormat.Count(usage.Held.Count, "expired image is", "expired images are")} in use ({given}). Protect them by a tag, or keep what was pulled lately, before anything is deleted.");
        new DataTable(html) { Name = "expired images that are in use" }
            .Text("Image")
            .Text("Repository")
            .Why("Used as")
            .Why("Why it is expired")
            .Write(
                usage.Held.Take(MostImages),
                (row, used) =>
                    row.Header(Names.Of(used.Verdict.Manifest))
                        .Foreign(used.Repository)
                        .Foreign(
                            used.References[0]
                                + (used.References.Count > 1 ? $" and {TextFormat.Number(used.References.Count - 1)} more" : ""))
                        .Cell(Names.CutMessage(used.Verdict.Reason)));
        if (usage.Held.Count > MostImages)
            html.Element("p", $"And {TextFormat.Number(usage.Held.Count - MostImages)} more: pushpruner plan --in-use names each.");
    }
}
