using System.CommandLine;
using PushPruner.Policies;

namespace PushPruner.Cli;

/// <summary>The options that state a policy, read with the same rules as the function's environment.</summary>
sealed class PolicyOptions
{
    static readonly RetentionPolicy Default = new();

    readonly Option<int> keepNewest = Reads("--keep-newest", "N", $"How many of the newest images stay whatever their age; {Default.KeepNewest} if not given.", Setting.KeepNewest);
    readonly Option<TimeSpan> keepDays = Reads("--keep-days", "X", $"For how many days every image stays whatever its rank; {Default.KeepFor.Days} if not given.", Setting.Days);
    readonly Option<WildcardSet> protectTags = Reads("--protect-tags", "PATTERNS", "Tags that protect an image, such as latest,release-*; any one suffices.", Setting.TagPatterns);

    public void AddTo(Command command)
    {
        command.Options.Add(keepNewest);
        command.Options.Add(keepDays);
        command.Options.Add(protectTags);
    }

    public RetentionPolicy Read(ParseResult parsed) => Default with
    {
        KeepNewest = ValueOf(parsed, keepNewest, Default.KeepNewest),
        KeepFor = ValueOf(parsed, keepDays, Default.KeepFor),
        ProtectTags = ValueOf(parsed, protectTags, Default.ProtectTags),
    };

    static T ValueOf<T>(ParseResult parsed, Option<T> option, T otherwise) =>
        parsed.GetResult(option) is null ? otherwise : parsed.GetRequiredValue(option);

    static Option<T> Reads<T>(string name, string shape, string description, Func<string, string, T> read) => new(name)
    {
        HelpName = shape,
        Description = description,
        CustomParser = result =>
        {
            try
            {
                return read(name, result.Tokens.Single().Value);
            }
            catch (SettingException e)
            {
                result.AddError(e.Message);
                return default;
            }
        },
    };
}
