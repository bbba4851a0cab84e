namespace PushPruner.Cli.Report;

/// <summary>What whoever reads the numbers has to know.</summary>
static class NotesSection
{
    public static void Write(Markup html, Findings found)
    {
        using var section = html.Section("notes", "How to read the numbers", "notes");
        using var list = html.Open("ul");
        html.Element(
            "li",
            "An image is deleted when N newer images outrank it and it is older than X, and neither a tag nor a pull keeps it. Doubt "
                + "keeps.");
        html.Element("li", "Sizes are ECR's, in decimal units (1 GB is 1,000,000,000 bytes).");
        html.Element(
            "li",
            found.Layers?.Counting
                ?? "A layer that images share is counted in each of them, so that less may be stored, and less freed, than is said "
                    + "here: those numbers are marked ≤.");
        if (found.Layers is { Sums.Unread: > 0 and var unread })
            html.Element("li", $"{TextFormat.Manifests(unread)} could not be read, so that some numbers are marked ≥, ≤ or ~.");
        if (found.Layers is { Missing: > 0 and var missing })
        {
            html.Element(
                "li",
                $"In {TextFormat.Repositories(missing)} no manifest could be read; nothing of "
                    + $"{(missing == 1 ? "it" : "them")} is counted in bytes.");
        }

        html.Element("li", "Money is storage as it is today at the price that is given; what is pushed later is not in it.");
        if (found.Usage is null)
            html.Element("li", "What runs isn't asked: protect what is deployed by a tag, keep what was pulled lately, or give --in-use.");
        foreach (var note in found.Seen.Notes)
            html.Element("li", note);
    }
}
