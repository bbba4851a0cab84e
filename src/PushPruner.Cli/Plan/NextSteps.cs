using PushPruner.Cli.Surveys;

namespace PushPruner.Cli.Plan;

/// <summary>What to do after a plan, as commands.</summary>
sealed class NextSteps(PlainConsole console, Sighting seen)
{
    const int Indent = 2;

    public void Write(PlanSummary summary, PlanLayout layout)
    {
        if (summary.Totals.Expired == 0)
            return;

        List<(string Command, string What)> steps = [];
        if (!layout.HasDetails)
            steps.Add(("--details", "add it to this command to see each image with its reason"));
        if (summary.Usage is null)
            steps.Add(("--in-use FILE", "add it to see whether any of them runs"));
        steps.Add(($"pushpruner reconcile{seen.OptionsAgain}", "delete them now, after a question"));
        if (seen.Basis.Origin != "stack")
            steps.Add(("sam build && sam deploy --config-env dev", "let each push do it: it begins as a dry run (README.md, Deploy)"));
        var width = steps.Max(s => s.Command.Length);
        console.Write("");
        console.Write("Nothing was deleted. Next:");
        foreach (var (command, what) in steps)
            console.Write($"{new string(' ', Indent)}{command.PadRight(width)}  {what}");
    }
}
