namespace PushPruner.Cli.Report;

/// <summary>What whoever reads the numbers has to know.</summary>
static class NotesSection
{
    public static void Write(Markup html, Findings found)
    {
        using var section = html.Open("section", ("aria-labelledby", "notes"), ("class", "notes"));
        html.Element("h2", "How to read the numbers", ("id", "notes"));
        using var list = html.Open("ul");
        html.Element("li", "An image goes when N newer images outrank it and it is older than X, and neither a tag nor a pull keeps it. Doubt keeps.");
        html.Element("li", "Sizes are ECR's, in decimal units (1 GB is 1,000,000,000 bytes). A layer that images share is counted in each of them, so that less may be stored, and less freed, than is said here.");
        html.Element("li", "What runs isn't asked: protect what is deployed by a tag, or keep what was pulled lately.");
        foreach (var note in found.Notes)
            html.Element("li", note);
    }
}
