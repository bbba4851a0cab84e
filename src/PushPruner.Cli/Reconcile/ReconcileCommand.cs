using PushPruner.Cli.Parsing;
using PushPruner.Cli.Registries;
using PushPruner.Cli.Stacks;

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
            var arguments = options.Read(parsed, basis);
            using var aws = AwsAccess.Open(options.Aws, parsed, environment, stackTable: basis.IndexTable);
            var isJson = parsed.GetValue(options.Json);
            IReconcileReport report =
                isJson ? new JsonReconcileReport(environment.Output, arguments) : new TextReconcileReport(environment.Output, arguments);
            var canAsk = environment.IsInteractive && !isJson;
            return await new ReconcileRun(arguments, aws, report, environment.For(parsed), canAsk).RunAsync(stop);
        });
        return command;
    }
}

sealed class ReconcileOptions
{
    readonly RepositoriesArgument repositories = new();

    readonly RuleOptions rule = new();

    readonly BasisOptions basis = new();

    readonly Option<DateTimeOffset> asOf;

    readonly Option<string> policyHash = SettingOption.Of(
        "--policy-hash",
        "HASH",
        "Delete only by the policy that a halted run printed; a repository with another policy is halted.",
        PolicyHash.Read);

    readonly Option<bool> dryRun = SettingOption.Flag("--dry-run", "Only plan: nothing is deleted, whatever else is said.");

    readonly Option<bool> yes = SettingOption.Flag("--yes", "Delete what is planned without asking.", "-y");

    readonly Option<bool> details = SettingOption.Flag(
        "--details", "List each expired image (at most 100 a repository), and what is kept in doubt.");


    public ReconcileOptions(TimeProvider clock) => asOf = SettingOption.Of(
        "--as-of",
        "INSTANT",
        "Delete only images that were expired at this instant too, which a halted run printed.",
        (name, text) => ApprovedInstant.Read(name, text, clock.GetUtcNow()));

    public AwsOptions Aws { get; } = new();

    public void AddTo(Command command)
    {
        repositories.AddTo(command);
        basis.AddTo(command, Aws);
        QuietOption.AddTo(command);
        command.AddOptions([.. Shaping, rule.MaxDeletes, asOf, policyHash, dryRun, yes, details, Json]);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Aws.IndexTable) is null)
                return;

            // The stack goes by where the rows are, and finds nothing where a plan with other values has put them.
            foreach (var (option, none) in ((Option, string)[])[(rule.Policy.ProtectTags, "''"), (rule.KeepPulledDays, "0")])
            {
                if (result.GetResult(option) is null)
                {
                    result.AddError(
                        $"--index-table needs {option.Name} as the stack has it ({none} if it has none): by it rows are filed, and "
                            + $"filed by another value they are not found by the stack until its next reconcile");
                }
            }
        });
    }

    public Option<bool> Json { get; } = SettingOption.Flag("--json", "Print one JSON document instead of text, and never ask.");

    /// <exception cref="SettingException">There is no such stack or file, or a value can't be understood.</exception>
    public Task<Basis> ReadBasisAsync(ParseResult parsed, CliEnvironment environment, CancellationToken stop) =>
        basis.ReadAsync(parsed, Aws, environment, regionOfName: null, stop);

    public ReconcileArguments Read(ParseResult parsed, Basis from) => new()
    {
        Repositories = repositories.Read(parsed),
        Basis = from,
        Settings = rule.Read(parsed, from.Settings) with
        {
            Repositories = repositories.ReadPatterns(parsed, from.Settings.Repositories),
            // A dry run that the environment asks for is one, as it is of the function.
            DryRun = parsed.GetValue(dryRun) || from.Settings.DryRun,
        },
        KeepNewest = rule.ReadKeepNewest(parsed),
        KeepFor = rule.ReadKeepFor(parsed),
        AsOf = parsed.IsGiven(asOf) ? parsed.GetRequiredValue(asOf) : null,
        PolicyHash = parsed.GetValue(policyHash),
        Details = parsed.GetValue(details),
        Yes = parsed.GetValue(yes),
        OptionsAgain = parsed.SaidAgain([.. basis.All, .. Shaping]),
    };

    // What changes the plan of one repository, without what a halted one is approved by.
    IEnumerable<Option> Shaping => [.. rule.All, .. Aws.All];
}
