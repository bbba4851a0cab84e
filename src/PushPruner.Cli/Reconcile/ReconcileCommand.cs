using System.CommandLine;
using PushPruner.Cli.Parsing;
using PushPruner.Cli.Registries;

namespace PushPruner.Cli.Reconcile;

/// <summary><c>pushpruner reconcile [REPOSITORY...]</c></summary>
static class ReconcileCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var options = new ReconcileOptions(environment.Clock);
        var command = new Command("reconcile", """
            Looks at repositories in full, as the weekly run does, shows what is expired, asks, and deletes it.

            A repository's own resource tags (pushpruner:...) apply; of a number there and one given here, the one that keeps more. Ctrl-C
            ends it cleanly and says what was done; a second one ends it at once.

            Without --index-table only what ECR itself says counts. What the deployed stack's table remembers besides isn't known:
            promotions (a retagged image is as old as its push), which tags a signature's deleted subject had (such signatures stay), and
            that an earlier run itself read an index, which ECR counts as a pull (with --keep-pulled-days it keeps that image longer). With
            it, the plan also sets that table right, a dry run too. Its rows are filed by --protect-tags and --keep-pulled-days, so both
            must be given as the stack has them ('' and 0 if it has none): filed by other values, the stack finds nothing to delete until
            its next reconcile. --stack takes them, and all else that decides, from the deployed stack.

            A plan reads each index there is, a dry run too, and ECR records that as a pull of it, which its lifecycle rules may go by.

            After y (or with --yes) it deletes only what the plan showed; what expires in the meantime is kept and counted. A repository
            that is halted by --max-deletes gets a command with --as-of and --policy-hash: it deletes only images that were expired when the
            plan was made, and nothing if another policy is in force.

            It asks only where input, output and error are all a terminal: what is agreed to has to be seen. Any answer but y deletes
            nothing, and that is no failure.

            Permissions, on the repositories it looks at (and on * to list the registry):
              ecr:DescribeRepositories, ecr:DescribeImages, ecr:BatchGetImage, ecr:ListTagsForResource; to delete ecr:BatchDeleteImage;
              with --index-table or --stack also dynamodb:BatchGetItem, DeleteItem, GetItem, PutItem, Query and UpdateItem, and Query on its indexes;
              with --stack lambda:ListFunctions

            Examples:
              pushpruner reconcile --dry-run
              pushpruner reconcile team/app team/web --keep-newest 5 --keep-days 14 --protect-tags 'latest,release-*'
              pushpruner reconcile --repositories 'team/*' --profile prod --region eu-west-1 --index-table NAME --protect-tags '' --keep-pulled-days 0 --yes --json

            Exit codes:
              0    done, nothing to do, or the answer was no
              1    something failed: the listing, a delete, a repository (or it isn't there)
              2    wrong usage, or a question that nobody is there to answer
              3    a repository was halted by --max-deletes; the others are done
              130  stopped by Ctrl-C with something left
            """);
        options.AddTo(command);
        command.SetAction(environment, async (parsed, stop) =>
        {
            var basis = await options.ReadBasisAsync(parsed, environment, stop);
            var query = options.Read(parsed, basis);
            using var aws = AwsAccess.Open(options.Aws, parsed, environment, stackTable: basis.IndexTable);
            var isJson = options.IsJson(parsed);
            IReconcileReport report =
                isJson ? new JsonReconcileReport(environment.Output, query) : new TextReconcileReport(environment.Output, query);
            var canAsk = environment.IsInteractive && !isJson;
            return await new ReconcileRun(query, aws, report, environment.For(parsed), canAsk).RunAsync(stop);
        });
        return command;
    }
}
