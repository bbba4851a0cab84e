using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PushPruner.Cli.Registries;
using PushPruner.Cli.Saved;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Cli.Surveys;

/// <summary>The options of every command that only looks: where to look, as of when, and by which rule.</summary>
sealed class SurveyOptions
{
    readonly AwsOptions aws = new();

    readonly RuleOptions rule = new();

    readonly Option<string[]> from = new("--from")
    {
        HelpName = "FILE",
        Description = "Look into what aws ecr describe-images printed instead of asking AWS: files, folders, or - for the standard input. What batch-get-image printed may be among them.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    readonly Option<DateTimeOffset> at = SettingOption.Of(
        "--at", "TIME", "Decide as of this time, such as 2026-12-24 or 2026-12-24T08:00:00Z; now if not given.", ReadTime);

    public void AddTo(Command command)
    {
        foreach (var option in (IEnumerable<Option>)[from, at, .. rule.All, .. aws.All])
            command.Options.Add(option);
        AddFiles(command, from);
    }

    /// <summary>Files are looked into instead of AWS, and no others beside them.</summary>
    public void AddFiles(Command command, Option files) => command.Validators.Add(result =>
    {
        if (result.GetResult(files) is null)
            return;

        foreach (var option in aws.All.Append(from).Where(o => o != files && result.GetResult(o) is not null))
            result.AddError($"{files.Name} looks into files, and {option.Name} says to look elsewhere: give one of them");
    });

    public bool IsSaved(ParseResult parsed) => parsed.IsGiven(from);

    public bool HasTable(ParseResult parsed) => parsed.IsGiven(aws.IndexTable);

    public Settings ReadSettings(ParseResult parsed) => rule.Read(parsed);

    /// <summary>What was said goes before a repository's own tags, as far as it keeps more.</summary>
    public ReconcileOrder OrderFor(string repository, ParseResult parsed) =>
        new(repository) { KeepNewest = rule.ReadKeepNewest(parsed), KeepFor = rule.ReadKeepFor(parsed) };

    public TimeProvider ReadClock(ParseResult parsed, TimeProvider otherwise) =>
        parsed.IsGiven(at) ? new SettableClock(parsed.GetRequiredValue(at)) : otherwise;

    /// <param name="named">In this order; none means all that <paramref name="filter"/> serves.</param>
    /// <param name="regionOfName">The region that the name of an image says; null when none does.</param>
    /// <exception cref="SettingException">There is no such profile, or no region is known, or another one was asked for.</exception>
    /// <exception cref="SavedListingException">A file can't be read.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The source owns its clients.")]
    public ISource Open(ParseResult parsed, IReadOnlyList<string> named, RepositoryFilter filter, Surroundings surroundings, string? regionOfName = null)
    {
        if (parsed.GetValue(from) is { Length: > 0 } paths)
            return new SavedSource(SavedListingReader.Read(paths, surroundings.Input), named, filter, ReadClock(parsed, surroundings.Clock));

        return new AwsSource(AwsAccess.Open(aws, parsed, surroundings, regionOfName), named, filter);
    }

    static DateTimeOffset ReadTime(string name, string text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && time.Year is >= 2015 and < 9000
            ? time
            : throw new SettingException(name, text, "a day or a time such as 2026-12-24 or 2026-12-24T08:00:00Z (UTC unless it says otherwise)");
}
