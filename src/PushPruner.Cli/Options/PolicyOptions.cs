using System.CommandLine;

namespace PushPruner.Cli.Options;

/// <summary>The options that state a policy.</summary>
sealed class PolicyOptions
{
    static readonly RetentionPolicy Default = new();

    public Option<int> KeepNewest { get; } = SettingOption.Of(
        "--keep-newest",
        "N",
        $"How many of the newest images stay whatever their age; {Default.KeepNewest} if not given.",
        Setting.KeepNewest);

    public Option<TimeSpan> KeepDays { get; } = SettingOption.Of(
        "--keep-days", "X", $"For how many days every image stays whatever its rank; {Default.KeepFor.Days} if not given.", Setting.Days);

    public Option<WildcardSet> ProtectTags { get; } = SettingOption.Of(
        "--protect-tags",
        "PATTERNS",
        "Tags that protect an image, such as latest,release-*; any one suffices, and '' is none.",
        ReadProtectTags);

    public IEnumerable<Option> All => [KeepNewest, KeepDays, ProtectTags];

    public void AddTo(Command command)
    {
        command.AddOptions(All);
    }

    public RetentionPolicy Read(ParseResult parsed) => Read(parsed, Default);

    /// <param name="basis">What holds where no option is given.</param>
    public RetentionPolicy Read(ParseResult parsed, RetentionPolicy basis) => basis with
    {
        KeepNewest = parsed.ValueOf(KeepNewest, basis.KeepNewest),
        KeepFor = parsed.ValueOf(KeepDays, basis.KeepFor),
        ProtectTags = parsed.ValueOf(ProtectTags, basis.ProtectTags),
    };

    // None has to be sayable where it must be said. In the environment nothing is said by leaving the variable out.
    static WildcardSet ReadProtectTags(string name, string text) => text.Length == 0 ? WildcardSet.None : Setting.TagPatterns(name, text);
}
