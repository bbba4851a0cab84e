namespace PushPruner.Cli.Report;

/// <summary>What to do now, as commands, and how the page is made again.</summary>
static class NextStepsSection
{
    public static void Write(Markup html, Findings found)
    {
        using var section = html.Section("next", "Next steps");
        using (html.Open("dl", ("class", "steps")))
        {
            var again = found.Seen.OptionsAgain;
            if (found.Total().Expired > 0)
            {
                Step(html, $"pushpruner plan --details{again}", "Shows each image with its reason.");
                if (found.Usage is null)
                {
                    Step(
                        html,
                        $"kubectl get pods -A -o json | pushpruner plan{again} --in-use -",
                        "Shows which of the expired images run. docker ps and aws ecs describe-tasks print such lists as well.");
                }

                Step(
                    html,
                    $"pushpruner reconcile{again}",
                    "Deletes them now, after a question. It asks ECR again right before each delete.");
                if (found.Seen.Basis.Origin != "stack")
                {
                    Step(
                        html,
                        "sam build && sam deploy --config-env dev",
                        "Deploys the function that does it on each push. It begins as a dry run.");
                }
            }

            Step(html, found.Seen.CommandLine, "Makes this page again, as of the same instant.");
        }
    }

    static void Step(Markup html, string command, string what) => html.Write($"<div><dt><code>{command}</code></dt><dd>{what}</dd></div>");
}
