using PushPruner.Cli.Amounts;

namespace PushPruner.Cli.Simulate;

/// <summary>What came and went, by the hour: so much is enough for a bill, and a registry of any size fits in.</summary>
sealed class StorageLedger
{
    readonly SortedDictionary<DateTimeOffset, (int Images, long Bytes)> changes = [];
    (int Images, long Bytes) undated;

    public int Deleted { get; private set; }

    /// <summary>The first hour in which something came; null when nothing has a time.</summary>
    public DateTimeOffset? First => changes.Count > 0 ? changes.Keys.First() : null;

    /// <param name="at">Null when nobody knows: then it was there from the first.</param>
    public void Add(DateTimeOffset? at, int images, long bytes)
    {
        if (at is { } time)
            Change(time, images, bytes);
        else
            undated = (undated.Images + images, undated.Bytes + bytes);
    }

    public void Remove(DateTimeOffset at, int images, long bytes)
    {
        Deleted += images;
        Change(at, -images, -bytes);
    }

    /// <summary>How much was there from each hour in which that changed on.</summary>
    public IReadOnlyList<SeriesPoint> Points()
    {
        var points = new List<SeriesPoint>(changes.Count);
        var (images, bytes) = undated;
        foreach (var (hour, change) in changes)
        {
            (images, bytes) = (images + change.Images, bytes + change.Bytes);
            points.Add(new SeriesPoint(hour, images, bytes));
        }

        return points;
    }

    void Change(DateTimeOffset at, int images, long bytes)
    {
        var utc = at.UtcDateTime;
        var hour = new DateTimeOffset(utc.Year, utc.Month, utc.Day, utc.Hour, 0, 0, TimeSpan.Zero);
        var so = changes.GetValueOrDefault(hour);
        changes[hour] = (so.Images + images, so.Bytes + bytes);
    }
}
