using PushPruner.Cli.Snapshots;

namespace PushPruner.Cli.Plan;

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
