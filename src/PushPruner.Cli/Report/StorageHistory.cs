using PushPruner.Cli.Layers;
using PushPruner.Cli.Snapshots;
using PushPruner.Snapshots;

namespace PushPruner.Cli.Report;

/// <summary>
/// Bytes stored day by day, of what is there today: as it came in, and as it would be had the policy held all along. What was deleted
/// before isn't known, so that the past was larger than this.
/// </summary>
/// <param name="mounting">How layers are counted; null where images are.</param>
sealed class StorageHistory(DateTimeOffset at, BlobMounting? mounting)
{
    readonly SortedDictionary<DateOnly, (long Without, long With)> changes = [];
    readonly BlobSpans spansWithout = new(mounting ?? BlobMounting.Unknown);
    readonly BlobSpans spansWith = new(mounting ?? BlobMounting.Unknown);
    (long Without, long With) undated;

    public DateOnly Today { get; } = DayOf(at);

    /// <param name="layers">Null where images are counted, or where no manifest of the repository could be read.</param>
    public void Add(RepositorySnapshot snapshot, RepositoryLayers? layers)
    {
        var expiryTimes = new ExpiryTimes(snapshot);
        if (layers is not null)
        {
            spansWithout.Add(layers, manifest => (manifest.PushedAt, null));
            spansWith.Add(layers, manifest => (manifest.PushedAt, expiryTimes.Of(manifest.Digest)));
            Add(spansWithout.TakeSettled(), isWith: false);
            Add(spansWith.TakeSettled(), isWith: true);
        }
        else if (mounting is null)
        {
            Add(snapshot.Manifests.Values.Select(f => new BlobSpan(f.Manifest.PushedAt, Until: null, f.Manifest.OwnBytes)), isWith: false);
            Add(
                snapshot.Manifests.Values.Select(f => new BlobSpan(f.Manifest.PushedAt, expiryTimes.Of(f.Digest), f.Manifest.OwnBytes)),
                isWith: true);
        }
    }

    /// <summary>Each day on which something changed, and today. Asked for once, after the last repository.</summary>
    public IReadOnlyList<StoragePoint> Points()
    {
        Add(spansWithout.TakeAll(), isWith: false);
        Add(spansWith.TakeAll(), isWith: true);
        var points = new List<StoragePoint>();
        var (without, with) = undated;
        foreach (var (day, change) in changes)
        {
            without += change.Without;
            with += change.With;
            points.Add(new StoragePoint(day, without, with));
        }

        if (points.Count == 0 || points[^1].Day != Today)
            points.Add(new StoragePoint(Today, without, with));
        return points;
    }

    void Add(IEnumerable<BlobSpan> spans, bool isWith)
    {
        foreach (var (from, until, bytes) in spans)
        {
            Change(from, bytes, isWith);
            if (until is { } gone)
                Change(gone, -bytes, isWith);
        }
    }

    void Change(DateTimeOffset? time, long bytes, bool isWith)
    {
        var (without, with) = isWith ? (0L, bytes) : (bytes, 0L);
        if (time is not { } known)
        {
            undated = (undated.Without + without, undated.With + with);
            return;
        }

        // A clock that is ahead must not carry the present beyond today.
        var day = DayOf(known > at ? at : known);
        var so = changes.GetValueOrDefault(day);
        changes[day] = (so.Without + without, so.With + with);
    }

    static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
