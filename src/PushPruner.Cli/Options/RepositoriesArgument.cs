using PushPruner.Lambda.Events;

namespace PushPruner.Cli.Options;

/// <summary>Which repositories a command is about: by name, or by patterns out of all there are.</summary>
sealed class RepositoriesArgument
{
    readonly Argument<string[]> names = new("REPOSITORY")
    {
        Description = "The repositories, in this order; all of the registry if none is given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    readonly Option<RepositoryFilter> patterns = SettingOption.Of(
        "--repositories",
        "PATTERNS",
        "Of all the registry only these, such as team-a/*,!team-a/base; ! in front excludes.",
        Setting.Repositories);

    public void AddTo(Command command)
    {
        command.Arguments.Add(names);
        command.Options.Add(patterns);
        names.Validators.Add(result =>
        {
            foreach (var name in result.Tokens.Select(t => t.Value).Where(name => !name.StartsWith('-') && !RepositoryName.IsValid(name)))
                result.AddError($"REPOSITORY is \"{SafeText.Line(name)}\": a name such as \"team/app\", of a-z, 0-9 and . _ - /");
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(names) is { Tokens.Count: > 0 } && result.GetResult(patterns) is not null)
                result.AddError("--repositories chooses from all of the registry: name repositories, or give patterns, not both");
        });
    }

    public IReadOnlyList<string> Read(ParseResult parsed) => [.. (parsed.GetValue(names) ?? []).Distinct(StringComparer.Ordinal)];

    /// <param name="otherwise">What holds where no pattern is given.</param>
    public RepositoryFilter ReadPatterns(ParseResult parsed, RepositoryFilter otherwise) => parsed.ValueOf(patterns, otherwise);

    /// <summary>Whether all repositories are asked for.</summary>
    public bool IsAll(ParseResult parsed) => parsed.GetValue(names) is null or [] && !parsed.IsGiven(patterns);
}
