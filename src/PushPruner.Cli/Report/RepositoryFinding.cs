using PushPruner.Cli.Surveys;
using PushPruner.Jobs;

namespace PushPruner.Cli.Report;

/// <summary>The numbers of one repository.</summary>
sealed record RepositoryFinding(string Name)
{
    public int Images { get; init; }

    public int Expired { get; init; }

    public int Doubts { get; init; }

    public long Stored { get; init; }

    public long Freed { get; init; }

    /// <summary>Why nothing of it may be deleted, whatever its images are; null when something may.</summary>
    public string? KeepsEverything { get; init; }

    /// <summary>Why it couldn't be looked at; then no number is known.</summary>
    public string? Error { get; init; }

    public static RepositoryFinding Of(SurveyReport report) => report.Survey is { } survey ? Of(survey) : new(report.Repository) { Error = report.Error };

    static RepositoryFinding Of(Survey survey)
    {
        var expired = survey.Expired.ToList();
        return new RepositoryFinding(survey.Repository)
        {
            Images = survey.Images.Count(),
            Expired = expired.Count(v => !v.IsFollower),
            Doubts = survey.Images.Count(v => v.IsDoubt),
            Stored = survey.Facts.Values.Sum(f => f.Manifest.OwnBytes),
            Freed = expired.Sum(v => v.Manifest.OwnBytes),
            KeepsEverything = survey.KeepsEverything,
        };
    }
}
