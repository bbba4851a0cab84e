using System.CommandLine;
using PushPruner.Cli.Parsing;
using PushPruner.Cli.Plan.InUse;
using PushPruner.Cli.Snapshots;

namespace PushPruner.Cli.Plan;

/// <summary><c>pushpruner plan [REPOSITORY...]</c></summary>
static class PlanCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var snapshot = new SnapshotCommand(environment) { Options = new() { HasMaxDeletes = true } };
        var options = new PlanOptions();
        var command = new Command("plan", """
            Shows what would be deleted, why, and what it saves; of a registry at AWS, or offline from what aws ecr describe-images printed.

            It changes nothing. A repository's own resource tags (pushpruner:...) apply; of a number there and one given here, the one that
            keeps more. A saved listing doesn't have them.

            What is saved is what the images' sizes add up to, at --price; that is an upper bound, because images share layers. --layers
            reads every manifest and counts each layer once: a repository, or a registry where blob mounting (BLOB_MOUNTING) is on.

            A run deletes nothing of a repository with more expired images than --max-deletes; the plan names such repositories, and the
            command that approves one. --stack takes that number, the policy and the table from a deployed stack.

            Of a registry at AWS it reads each index that --index-table doesn't know, with --layers every manifest, and ECR records a
            reading as a pull. Lifecycle rules may go by that, and KEEP_PULLED_DAYS does: where it is on, what was read for a plan stays for
            that much longer.

            --in-use takes what kubectl, aws ecs and docker print of what runs, text or JSON. A digest may be that of an index or of a
            member: all of the image counts as in use. What a tag named when it was started may have moved since: digests (imageID,
            imageDigest) tell for certain.

            --json and --csv hold every image. Progress and errors go to the standard error output; a document that Ctrl-C cuts off is left
            visibly unfinished.

            Permissions, on the repositories it looks at (and on * to list the registry):
              ecr:DescribeRepositories, ecr:DescribeImages, ecr:BatchGetImage, ecr:ListTagsForResource;
              with --index-table or --stack also dynamodb:BatchGetItem and Query; with --stack lambda:ListFunctions; with --layers ecr:GetAccountSetting

            Examples:
              aws ecr describe-images --repository-name team/app --filter imageStatus=ANY --output json > images.json
              pushpruner plan --from images.json
              pushpruner plan team/app --details --keep-newest 5 --keep-days 14 --protect-tags 'latest,release-*'
              kubectl get pods -A -o json | pushpruner plan --region eu-west-1 --in-use -
              pushpruner plan --profile prod --layers --csv > plan.csv
              pushpruner plan --stack pushpruner-prod --sort saved --top 20

            Exit codes:
              0    done, also when something is expired
              1    something failed: the listing, or a repository (or it isn't there)
              2    wrong usage, or a file that can't be read
              3    something that is expired is in use
              130  stopped by Ctrl-C
            """);
        snapshot.AddTo(command);
        options.AddTo(command);
        command.SetAction(
            environment,
            async (parsed, stop) =>
            {
                var inUse = options.ReadInUse(parsed, environment.Input);
                await InUseOption.WarnAsync(inUse, environment.Error);
                return await snapshot.RunAsync(parsed, seen => RunAsync(seen, options, parsed, inUse, environment, stop), stop);
            },
            SnapshotCommand.Stopped);
        return command;
    }

    static async Task<int> RunAsync(
        SnapshotRun seen,
        PlanOptions options,
        ParseResult parsed,
        InUseList? inUse,
        CliEnvironment environment,
        CancellationToken stop)
    {
        var report = options.CreateReport(parsed, environment.Output);
        using (report as IDisposable)
            return await new PlanRun(seen, report, inUse is null ? null : new Usage(inUse), options.HasLayers(parsed)).RunAsync(stop);
    }
}
