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

/// <summary>The options that state the whole rule: the policy, and what else decides.</summary>
sealed class RuleOptions
{
    static readonly Settings Default = new();

    readonly Option<TimeSpan> settleMinutes = SettingOption.Of(
        "--settle-minutes",
        "M",
        $"How old an untagged manifest must be to count as an image; {Default.Policy.SettleTime.TotalMinutes} if not given.",
        Setting.SettleTime);

    public PolicyOptions Policy { get; } = new();

    public Option<TimeSpan> KeepPulledDays { get; } = SettingOption.Of(
        "--keep-pulled-days",
        "X",
        "Keep an image that was pulled within so many days (and one more); 0, which is off, if not given.",
        Setting.Days);

    /// <summary>Not among <see cref="All"/>: it limits a run, and decides about no image.</summary>
    public Option<int> MaxDeletes { get; } = SettingOption.Of(
        "--max-deletes",
        "N",
        string.Create(
            CultureInfo.InvariantCulture,
            $"Delete none of a repository's images if more than this are expired; {Default.MaxDeletes} if not given."),
        Setting.MaxDeletes);

    public IEnumerable<Option> All => [.. Policy.All, KeepPulledDays, settleMinutes];

    /// <param name="basis">What holds where no option is given.</param>
    public Settings Read(ParseResult parsed, Settings basis) => basis with
    {
        Policy = Policy.Read(parsed, basis.Policy) with
        {
            KeepPulledFor = parsed.ValueOf(KeepPulledDays, basis.Policy.KeepPulledFor),
            SettleTime = parsed.ValueOf(settleMinutes, basis.Policy.SettleTime),
        },
        MaxDeletes = parsed.ValueOf(MaxDeletes, basis.MaxDeletes),
    };

    /// <summary>What was said goes before a repository's own tags, as far as it keeps more; null when nothing was.</summary>
    public int? ReadKeepNewest(ParseResult parsed) => parsed.IsGiven(Policy.KeepNewest) ? parsed.GetRequiredValue(Policy.KeepNewest) : null;

    /// <inheritdoc cref="ReadKeepNewest"/>
    public TimeSpan? ReadKeepFor(ParseResult parsed) => parsed.IsGiven(Policy.KeepDays) ? parsed.GetRequiredValue(Policy.KeepDays) : null;
}
