using System.CommandLine;
using System.CommandLine.Parsing;
using PushPruner.Policies;

namespace PushPruner.Cli;

/// <summary>The options that state a policy, read with the same rules as the function's environment.</summary>
sealed class PolicyOptions
{
    static readonly RetentionPolicy Default = new();

    readonly Option<int> keepNewest = Reads("--keep-newest", "N", "How many of the newest images stay whatever their age.", Default.KeepNewest, Setting.KeepNewest);
    readonly Option<TimeSpan> keepDays = Reads("--keep-days", "X", "For how many days every image stays whatever its rank.", Default.KeepFor, Setting.Days);
    readonly Option<WildcardSet> protectTags = Reads("--protect-tags", "PATTERNS", "Tags that protect an image, such as latest,release-*; any one suffices.", Default.ProtectTags, Setting.TagPatterns);

    public void AddTo(Command command)
    {
        command.Options.Add(keepNewest);
        command.Options.Add(keepDays);
        command.Options.Add(protectTags);
    }

    public RetentionPolicy Read(ParseResult parsed) => Default with
    {
        KeepNewest = parsed.GetValue(keepNewest),
        KeepFor = parsed.GetValue(keepDays),
        ProtectTags = parsed.GetValue(protectTags) ?? WildcardSet.None,
    };

    static Option<T> Reads<T>(string name, string shape, string description, T otherwise, Func<string, string, T> read) => new(name)
    {
        HelpName = shape,
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result => Parse(result, name, otherwise, read),
    };

    static T Parse<T>(ArgumentResult result, string name, T otherwise, Func<string, string, T> read)
    {
        try
        {
            return read(name, result.Tokens.Single().Value);
        }
        catch (SettingException e)
        {
            result.AddError(e.Message);
            return otherwise;
        }
    }
}
