using System.CommandLine;
using PushPruner.Lambda.Events;
using PushPruner.Policies;

namespace PushPruner.Cli.Reconcile;

/// <summary>The arguments and options of <c>reconcile</c>.</summary>
sealed class ReconcileOptions
{
    static readonly Settings Default = new();

    readonly Argument<string[]> repositories = new("REPOSITORY")
    {
        Description = "The repositories, in this order; all of the registry if none is given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    readonly Option<RepositoryFilter> patterns = SettingOption.Of(
        "--repositories", "PATTERNS", "Of all the registry only these, such as team-a/*,!team-a/base; ! in front excludes.", Setting.Repositories);

    readonly PolicyOptions policy = new();

    readonly Option<TimeSpan> keepPulledDays = SettingOption.Of(
        "--keep-pulled-days", "X", "An image pulled within so many days (and one more) stays; 0, which is off, if not given.", Setting.Days);

    readonly Option<TimeSpan> settleMinutes = SettingOption.Of(
        "--settle-minutes", "M", $"How old an untagged manifest must be to count as an image; {Default.Policy.SettleTime.TotalMinutes} if not given.", Setting.SettleTime);

    readonly Option<int> maxDeletes = SettingOption.Of(
        "--max-deletes", "N", $"Of a repository that would lose more images than this none is deleted; {Default.MaxDeletes} if not given.", Setting.MaxDeletes);

    readonly Option<bool> dryRun = new("--dry-run") { Arity = ArgumentArity.Zero, Description = "Only plan: nothing is deleted, whatever else is said." };

    readonly Option<bool> yes = new("--yes", "-y") { Arity = ArgumentArity.Zero, Description = "Delete what is planned without asking." };

    readonly Option<bool> details = new("--details") { Arity = ArgumentArity.Zero, Description = "List each expired image (at most 100 a repository), and what is kept in doubt." };

    readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "Print one JSON document instead of text, and never ask." };

    public AwsOptions Aws { get; } = new();

    public void AddTo(Command command)
    {
        command.Arguments.Add(repositories);
        command.Options.Add(patterns);
        foreach (var option in Shaping.Concat([maxDeletes, dryRun, yes, details, json]))
            command.Options.Add(option);
        UnknownOption.IsRefusedBy(command, repositories);
        repositories.Validators.Add(result =>
        {
            foreach (var name in result.Tokens.Select(t => t.Value).Where(name => !name.StartsWith('-') && !RepositoryName.IsValid(name)))
                result.AddError($"REPOSITORY is \"{Harmless.Text(name)}\": a name such as \"team/app\", of a-z, 0-9 and . _ - /");
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(repositories) is { Tokens.Count: > 0 } && result.GetResult(patterns) is not null)
                result.AddError("--repositories chooses from all of the registry: name repositories, or give patterns, not both");
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(Aws.IndexTable) is null)
                return;

            // The stack goes by where the rows are, and finds nothing where a plan with other values has put them.
            foreach (var (option, none) in ((Option, string)[])[(policy.ProtectTags, "''"), (keepPulledDays, "0")])
            {
                if (result.GetResult(option) is null)
                    result.AddError($"--index-table needs {option.Name} as the stack has it ({none} if it has none): by it rows are filed, and filed by another value they are not found by the stack until its next reconcile");
            }
        });
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    public Assignment Read(ParseResult parsed) => new()
    {
        Repositories = [.. (parsed.GetValue(repositories) ?? []).Distinct(StringComparer.Ordinal)],
        Settings = new Settings
        {
            Policy = policy.Read(parsed) with
            {
                KeepPulledFor = parsed.ValueOf(keepPulledDays, Default.Policy.KeepPulledFor),
                SettleTime = parsed.ValueOf(settleMinutes, Default.Policy.SettleTime),
            },
            Repositories = parsed.ValueOf(patterns, Default.Repositories),
            MaxDeletes = parsed.ValueOf(maxDeletes, Default.MaxDeletes),
            DryRun = parsed.GetValue(dryRun),
        },
        KeepNewest = parsed.IsGiven(policy.KeepNewest) ? parsed.GetRequiredValue(policy.KeepNewest) : null,
        KeepFor = parsed.IsGiven(policy.KeepDays) ? parsed.GetRequiredValue(policy.KeepDays) : null,
        Details = parsed.GetValue(details),
        Yes = parsed.GetValue(yes),
        OptionsAgain = string.Concat(Shaping.Where(parsed.IsGiven).Select(o => $" {o.Name} {Shell.Quote(parsed.GetResult(o)!.Tokens.Single().Value)}")),
    };

    // What changes the plan of one repository, but for the number that a halted one is approved by.
    IEnumerable<Option> Shaping => [.. policy.All, keepPulledDays, settleMinutes, .. Aws.All];
}
