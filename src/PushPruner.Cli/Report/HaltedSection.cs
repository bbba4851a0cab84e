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

        using var section = html.Section("halted", "Held back until somebody approves");
        html.Muted(
            $"{TextFormat.Count(halted.Count, "repository has", "repositories have")} more than "
                + $"{TextFormat.Number(found.Seen.MaxDeletes)} expired "
                + "images (MAX_DELETES). A run deletes none of them, so what they free is not saved until somebody runs the command.");
        new DataTable<RepositoryFinding>("repositories that are held back")
            .Header("Repository", r => r.Name)
            .Number("To delete", r => r.Expired)
            .Number("Frees", r => r.Freed.InCell)
            .Number("Saves a month", r => r.Freed.MonthlyInCell(found.Price))
            .Command("To look at them, and to approve", r => Approval.Of(found.Seen, r.Name, r.Expired))
            .Write(html, halted.Take(MostRepositories));
        if (halted.Count > MostRepositories)
        {
            html.Element(
                "p", $"And {TextFormat.Number(halted.Count - MostRepositories)} more: pushpruner plan --json names each with its command.");
        }
    }
}
