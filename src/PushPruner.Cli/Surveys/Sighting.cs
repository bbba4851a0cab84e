using PushPruner.Policies;

namespace PushPruner.Cli.Surveys;

/// <summary>What a command that only looks has before it.</summary>
/// <param name="Policy">What was asked for; a repository's own tags may change it there.</param>
/// <param name="At">As of when it is decided.</param>
/// <param name="Names">Every repository there will be a survey of.</param>
/// <param name="Surveys">Made one after the other as they are asked for; to be gone through once.</param>
sealed record Sighting(ISource Source, RetentionPolicy Policy, DateTimeOffset At, IReadOnlyList<string> Names, IAsyncEnumerable<SurveyReport> Surveys)
{
    /// <summary>Where it is told how far a command is that goes on where a survey ends.</summary>
    public required Progress Progress { get; init; }
}
