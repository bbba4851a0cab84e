using PushPruner.Cli.Surveys;
using PushPruner.Jobs;

namespace PushPruner.Cli.Report;

/// <summary>
/// Bytes stored day by day, of what is there today: as it came in, and as it would be had the policy held all along. What was deleted before
/// isn't known, so that the past was larger than this.
/// </summary>
sealed class StorageHistory(DateTimeOffset at)
{
    readonly SortedDictionary<DateOnly, (long Came, long Went)> changes = [];
    long undated;

    public DateOnly Today { get; } = DayOf(at);

    public void Add(Survey survey)
    {
        var departures = new Departures(survey);
        foreach (var fact in survey.Facts.Values)
        {
            if (fact.Manifest.PushedAt is { } pushedAt)
                Change(pushedAt, came: fact.Manifest.OwnBytes, went: 0);
            else
                undated += fact.Manifest.OwnBytes;
            if (departures.Of(fact.Digest) is { } gone)
                Change(gone, came: 0, went: fact.Manifest.OwnBytes);
        }
    }

    /// <summary>Each day on which something changed, and today.</summary>
    public IReadOnlyList<StoragePoint> Points()
    {
        var points = new List<StoragePoint>();
        var (without, with) = (undated, undated);
        foreach (var (day, change) in changes)
        {
            without += change.Came;
            with += change.Came - change.Went;
            points.Add(new StoragePoint(day, without, with));
        }

        if (points.Count == 0 || points[^1].Day != Today)
            points.Add(new StoragePoint(Today, without, with));
        return points;
    }

    void Change(DateTimeOffset time, long came, long went)
    {
        // A clock that is ahead must not carry the present beyond today.
        var day = DayOf(time > at ? at : time);
        var so = changes.GetValueOrDefault(day);
        changes[day] = (so.Came + came, so.Went + went);
    }

    static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
