using PushPruner.Cli.Output;
using PushPruner.Cli.Snapshots;

namespace PushPruner.Cli.Report;

/// <summary>The repositories that a run would leave alone until somebody approves, and the command that does.</summary>
static class HaltedSection
{
    const int MostRepositories = 50;

    public static void Write(Markup html, Findings found)
    {
        var halted = found.Halted;
        if (halted.Count == 0)
            return;

        using var section = html.Open("section", ("aria-labelledby", "halted"));
        html.Element("h2", "Held back until somebody approves", ("id", "halted"));
        html.Element(
            "p",
            $"{TextFormat.Count(halted.Count, "repository has", "repositories have")} more than {TextFormat.Number(found.Seen.MaxDeletes)} expired images (MAX_DELETES). A run deletes none of them, so what they free is not saved until somebody runs the command.",
            ("class", "muted"));
        new DataTable(html) { Name = "repositories that are held back" }
            .Text("Repository")
            .Number("To delete")
            .Number("Frees")
            .Number("Saves a month")
            .Command("To look at them, and to approve")
            .Write(
                halted.Take(MostRepositories),
                (row, r) =>
                    row.Header(r.Name)
                        .Cell(TextFormat.Number(r.Expired))
                        .Cell(r.Freed.InCell)
                        .Cell(r.Freed.MonthlyInCell(found.Price))
                        .CommandCell(Approval.Of(found.Seen, r.Name, r.Expired)));
        if (halted.Count > MostRepositories)
        {
            html.Element(
                "p", $"And {TextFormat.Number(halted.Count - MostRepositories)} more: pushpruner plan --json names each with its command.");
        }
    }
}
