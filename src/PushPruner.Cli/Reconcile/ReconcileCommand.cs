using System.CommandLine;
using PushPruner.Policies;

namespace PushPruner.Cli.Reconcile;

/// <summary><c>pushpruner reconcile [REPOSITORY...]</c></summary>
static class ReconcileCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var options = new ReconcileOptions();
        var command = new Command("reconcile", """
            Looks at repositories in full, as the weekly run does, shows what is expired, asks, and deletes it.

            A repository's own resource tags (pushpruner:...) apply; of a number there and one given here, the one that keeps more.
            Ctrl-C ends it cleanly and says what was done; a second one ends it at once.

            Without --index-table only what ECR itself says counts. What the deployed stack's table remembers besides isn't known:
            promotions (a retagged image is as old as its push), which tags a signature's deleted subject had (such signatures stay), and that
            an earlier run itself read an index, which ECR counts as a pull (with --keep-pulled-days it keeps that image longer).
            With it, the plan also sets that table right.

            Examples:
              pushpruner reconcile --dry-run
              pushpruner reconcile team/app team/web --keep-newest 5 --keep-days 14 --protect-tags 'latest,release-*'
              pushpruner reconcile --repositories 'team/*' --profile prod --region eu-west-1 --index-table NAME --yes --json

            Exit codes:
              0    done, or nothing to do
              1    something failed: a delete, a repository (or it isn't there), or one was halted by --max-deletes
              2    wrong usage, or a question that nobody is there to answer
              130  stopped by Ctrl-C with something left
            """);
        options.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var asked = options.Read(parsed);
            AwsAccess aws;
            try
            {
                aws = AwsAccess.Open(options.Aws, parsed, surroundings);
            }
            catch (SettingException e)
            {
                await surroundings.Error.WriteLineAsync(Harmless.Text(e.Message));
                return ExitCode.WrongUsage;
            }

            using (aws)
            {
                var isJson = options.IsJson(parsed);
                IReconcileReport report = isJson ? new JsonReconcileReport(surroundings.Output, asked) : new TextReconcileReport(surroundings.Output, asked);
                return await new ReconcileRun(asked, aws, report, surroundings, canAsk: surroundings.IsInteractive && !isJson).RunAsync(stop);
            }
        });
        return command;
    }
}
