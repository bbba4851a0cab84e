using System.CommandLine;
using PushPruner.Policies;

namespace PushPruner.Cli;

/// <summary>The options that state the whole rule: the policy, and what else decides.</summary>
sealed class RuleOptions
{
    static readonly RetentionPolicy Default = new();

    readonly Option<TimeSpan> settleMinutes = SettingOption.Of(
        "--settle-minutes", "M", $"How old an untagged manifest must be to count as an image; {Default.SettleTime.TotalMinutes} if not given.", Setting.SettleTime);

    public PolicyOptions Policy { get; } = new();

    public Option<TimeSpan> KeepPulledDays { get; } = SettingOption.Of(
        "--keep-pulled-days", "X", "An image pulled within so many days (and one more) stays; 0, which is off, if not given.", Setting.Days);

    public IEnumerable<Option> All => [.. Policy.All, KeepPulledDays, settleMinutes];

    public Settings Read(ParseResult parsed) => new()
    {
        Policy = Policy.Read(parsed) with
        {
            KeepPulledFor = parsed.ValueOf(KeepPulledDays, Default.KeepPulledFor),
            SettleTime = parsed.ValueOf(settleMinutes, Default.SettleTime),
        },
    };

    /// <summary>What was said goes before a repository's own tags, as far as it keeps more; null when nothing was.</summary>
    public int? ReadKeepNewest(ParseResult parsed) => parsed.IsGiven(Policy.KeepNewest) ? parsed.GetRequiredValue(Policy.KeepNewest) : null;

    /// <inheritdoc cref="ReadKeepNewest"/>
    public TimeSpan? ReadKeepFor(ParseResult parsed) => parsed.IsGiven(Policy.KeepDays) ? parsed.GetRequiredValue(Policy.KeepDays) : null;
}
