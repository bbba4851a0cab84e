using PushPruner.Cli.Parsing;
using PushPruner.Cli.Plan.InUse;
using PushPruner.Cli.Saved;

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
                var inUse = InUseOption.Read(parsed, options.InUse, environment.Input);
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
            return await new PlanRun(seen, report, inUse is null ? null : new Usage(inUse), parsed.GetValue(options.Layers)).RunAsync(stop);
    }
}

/// <summary>The options of <c>plan</c> beside those of every command that only looks.</summary>
sealed class PlanOptions
{
    readonly Option<Price> price = Price.CreateOption();

    readonly Option<bool> details = SettingOption.Flag("--details", "A line an image with its reason, the kept ones too.");

    readonly Option<bool> json = SettingOption.Flag("--json", "Print one JSON document with every image instead of text.");

    readonly Option<bool> csv = SettingOption.Flag("--csv", "Print a line of CSV an image instead of text.");


    readonly Option<PlanOrder> sort = SettingOption.Of(
        "--sort",
        "size|saved|name",
        "The repositories by their size, by what is saved, or by name (if not given); the largest first.",
        ReadOrder);

    readonly Option<int> top = SettingOption.Of("--top", "N", "Show no more than N repositories; the sums are of all.", ReadTop);


    public Option<bool> Layers { get; } = LayerCount.CreateOption();

    public Option<string[]> InUse { get; } = InUseOption.Create();

    public void AddTo(Command command)
    {
        command.AddOptions(InUse, Layers, price, sort, top, details, json, csv);
        command.Validators.Add(result =>
        {
            if (result.GetResult(json) is not null && result.GetResult(csv) is not null)
                result.AddError("--json and --csv print one document each: give one of them");
            foreach (var option in (Option[])[sort, top])
            {
                if (result.GetResult(option) is not null && (result.GetResult(json) is not null || result.GetResult(csv) is not null))
                {
                    result.AddError(
                        $"{option.Name} is for the table: --json and --csv hold every repository, in the order in which they are looked "
                            + $"at");
                }
            }

            if (result.Children
                    .OfType<System.CommandLine.Parsing.OptionResult>()
                    .Sum(o => o.Tokens.Count(t => t.Value == TextFile.StandardInput)) > 1)
            {
                result.AddError("- is the standard input, which can be read once: give it to one of --from and --in-use");
            }
        });
    }

    public IPlanReport CreateReport(ParseResult parsed, TextWriter output)
    {
        var dollars = parsed.ValueOf(price, Price.Default);
        if (parsed.GetValue(json))
            return new JsonPlan(output, dollars);

        return parsed.GetValue(csv)
            ? new CsvPlan(output)
            : new TextPlan(
                output,
                dollars,
                new PlanLayout(
                    parsed.GetValue(details),
                    parsed.ValueOf(sort, PlanOrder.Name),
                    parsed.IsGiven(top) ? parsed.GetRequiredValue(top) : null));
    }

    static PlanOrder ReadOrder(string name, string text) => text switch
    {
        "size" => PlanOrder.Size,
        "saved" => PlanOrder.Saved,
        "name" => PlanOrder.Name,
        _ => throw new SettingException(name, text, "size, saved or name"),
    };

    static int ReadTop(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new SettingException(name, text, "a number of repositories, such as 20");
}
