using PushPruner.Cli.Surveys;
using PushPruner.Policies;

namespace PushPruner.Cli.Report;

/// <summary>What the page tells. Of each repository only its numbers stay, and of those that free the most the timeline.</summary>
sealed class Findings(RetentionPolicy policy, DateTimeOffset at, Price price)
{
    /// <summary>Of timelines.</summary>
    public const int MostTimelines = 24;

    /// <summary>Of all timelines together, so that the page stays light.</summary>
    public const int MostMarks = 6_000;

    /// <summary>Of the images in doubt that are told one by one.</summary>
    public const int MostDoubts = 50;

    readonly List<RepositoryFinding> repositories = [];
    readonly List<Doubt> doubts = [];
    readonly PriorityQueue<TimelineFinding, (long Freed, int Images)> timelines = new();

    public RetentionPolicy Policy { get; } = policy;

    public DateTimeOffset At { get; } = at;

    public Price Price { get; } = price;

    /// <summary>What was looked at, in a sentence.</summary>
    public string? Title { get; set; }

    /// <summary>What to know of where it comes from, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];

    public StorageHistory History { get; } = new(at);

    public IReadOnlyList<Doubt> Doubts => doubts;

    /// <summary>Those that free the most first, as far as they were looked at.</summary>
    public IReadOnlyList<RepositoryFinding> Repositories =>
        [.. repositories.Where(r => r.Error is null).OrderByDescending(r => r.Freed).ThenByDescending(r => r.Stored).ThenBy(r => r.Name, StringComparer.Ordinal)];

    public IReadOnlyList<RepositoryFinding> Failures => [.. repositories.Where(r => r.Error is not null)];

    /// <summary>Those that free the most first.</summary>
    public IReadOnlyList<TimelineFinding> Timelines()
    {
        var marks = 0;
        return [.. timelines.UnorderedItems.OrderByDescending(t => t.Priority).Select(t => t.Element).TakeWhile(t => (marks += t.Marks.Count) <= MostMarks)];
    }

    public RepositoryFinding Total()
    {
        var all = Repositories;
        return new RepositoryFinding("")
        {
            Images = all.Sum(r => r.Images),
            Expired = all.Sum(r => r.Expired),
            Doubts = all.Sum(r => r.Doubts),
            Stored = all.Sum(r => r.Stored),
            Freed = all.Sum(r => r.Freed),
        };
    }

    public void Add(SurveyReport report)
    {
        var found = RepositoryFinding.Of(report);
        repositories.Add(found);
        if (report.Survey is not { } survey)
            return;

        History.Add(survey);
        foreach (var doubt in survey.Images.Where(v => v.IsDoubt).Take(MostDoubts - doubts.Count))
            doubts.Add(new Doubt(survey.Repository, Names.Of(doubt.Manifest), doubt.Reason));
        if (found.Images == 0)
            return;

        timelines.Enqueue(TimelineFinding.Of(survey, found), (found.Freed, found.Images));
        if (timelines.Count > MostTimelines)
            timelines.Dequeue();
    }
}
