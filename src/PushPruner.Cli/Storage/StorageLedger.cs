namespace PushPruner.Cli.Storage;

/// <summary>What came and went, by the hour: so much is enough for a bill, and a registry of any size fits in.</summary>
sealed class StorageLedger
{
    readonly SortedDictionary<DateTimeOffset, (int Images, long Bytes)> changes = [];
    (int Images, long Bytes) undated;

    public int Deleted { get; private set; }

    /// <param name="from">Null when nobody knows: then it was there from the first.</param>
    /// <param name="until">Null for what is still there.</param>
    public void Add(DateTimeOffset? from, DateTimeOffset? until, int images, long bytes)
    {
        if (from is { } come)
            Change(come, images, bytes);
        else
            undated = (undated.Images + images, undated.Bytes + bytes);
        if (until is not { } gone)
            return;

        Deleted += images;
        Change(gone, -images, -bytes);
    }

    /// <summary>Whether nothing has a time.</summary>
    public bool IsUndated => changes.Count == 0;

    /// <summary>How much was there from each hour in which that changed on; at the end where nothing has a time.</summary>
    public IReadOnlyList<SeriesPoint> Points(DateTimeOffset end)
    {
        var points = new List<SeriesPoint>(changes.Count);
        var (images, bytes) = undated;
        foreach (var (hour, change) in changes)
        {
            (images, bytes) = (images + change.Images, bytes + change.Bytes);
            points.Add(new SeriesPoint(hour, images, bytes));
        }

        return IsUndated ? [new SeriesPoint(end, images, bytes)] : points;
    }

    void Change(DateTimeOffset at, int images, long bytes)
    {
        var utc = at.UtcDateTime;
        var hour = new DateTimeOffset(utc.Year, utc.Month, utc.Day, utc.Hour, 0, 0, TimeSpan.Zero);
        var so = changes.GetValueOrDefault(hour);
        changes[hour] = (so.Images + images, so.Bytes + bytes);
    }
}
