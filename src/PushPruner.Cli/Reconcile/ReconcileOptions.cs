using System.CommandLine;
using PushPruner.Cli.Registries;
using PushPruner.Cli.Stacks;

namespace PushPruner.Cli.Reconcile;

/// <summary>The arguments and options of <c>reconcile</c>.</summary>
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

    readonly Option<bool> json = SettingOption.Flag("--json", "Print one JSON document instead of text, and never ask.");

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
        command.AddOptions([.. Shaping, rule.MaxDeletes, asOf, policyHash, dryRun, yes, details, json]);
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

    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

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
