using System.CommandLine;
using PushPruner.Cli.Registries;
using PushPruner.Policies;

namespace PushPruner.Cli.Reconcile;

/// <summary>The arguments and options of <c>reconcile</c>.</summary>
sealed class ReconcileOptions
{
    static readonly Settings Default = new();

    readonly RepositoriesArgument repositories = new();

    readonly RuleOptions rule = new();

    readonly Option<int> maxDeletes = SettingOption.Of(
        "--max-deletes", "N", $"Of a repository that would lose more images than this none is deleted; {Default.MaxDeletes} if not given.", Setting.MaxDeletes);

    readonly Option<DateTimeOffset> asOf;

    readonly Option<string> policyHash = SettingOption.Of(
        "--policy-hash", "HASH", "Delete only by the policy that a halted run printed; a repository with another policy is halted.", PolicyHash.Read);

    readonly Option<bool> dryRun = new("--dry-run") { Arity = ArgumentArity.Zero, Description = "Only plan: nothing is deleted, whatever else is said." };

    readonly Option<bool> yes = new("--yes", "-y") { Arity = ArgumentArity.Zero, Description = "Delete what is planned without asking." };

    readonly Option<bool> details = new("--details") { Arity = ArgumentArity.Zero, Description = "List each expired image (at most 100 a repository), and what is kept in doubt." };

    readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "Print one JSON document instead of text, and never ask." };

    public ReconcileOptions(TimeProvider clock) => asOf = SettingOption.Of(
        "--as-of",
        "INSTANT",
        "Delete only images that were expired at this instant too, which a halted run printed.",
        (name, text) => ApprovedInstant.Read(name, text, clock.GetUtcNow()));

    public AwsOptions Aws { get; } = new();

    public void AddTo(Command command)
    {
        repositories.AddTo(command);
        foreach (var option in Shaping.Concat([maxDeletes, asOf, policyHash, dryRun, yes, details, json]))
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Aws.IndexTable) is null)
                return;

            // The stack goes by where the rows are, and finds nothing where a plan with other values has put them.
            foreach (var (option, none) in ((Option, string)[])[(rule.Policy.ProtectTags, "''"), (rule.KeepPulledDays, "0")])
            {
                if (result.GetResult(option) is null)
                    result.AddError($"--index-table needs {option.Name} as the stack has it ({none} if it has none): by it rows are filed, and filed by another value they are not found by the stack until its next reconcile");
            }
        });
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    public Assignment Read(ParseResult parsed) => new()
    {
        Repositories = repositories.Read(parsed),
        Settings = rule.Read(parsed) with
        {
            Repositories = repositories.ReadPatterns(parsed),
            MaxDeletes = parsed.ValueOf(maxDeletes, Default.MaxDeletes),
            DryRun = parsed.GetValue(dryRun),
        },
        KeepNewest = rule.ReadKeepNewest(parsed),
        KeepFor = rule.ReadKeepFor(parsed),
        AsOf = parsed.IsGiven(asOf) ? parsed.GetRequiredValue(asOf) : null,
        PolicyHash = parsed.GetValue(policyHash),
        Details = parsed.GetValue(details),
        Yes = parsed.GetValue(yes),
        OptionsAgain = string.Concat(Shaping.Where(parsed.IsGiven).Select(o => $" {o.Name} {Shell.Quote(parsed.GetResult(o)!.Tokens.Single().Value)}")),
    };

    // What changes the plan of one repository, without what a halted one is approved by.
    IEnumerable<Option> Shaping => [.. rule.All, .. Aws.All];
}
