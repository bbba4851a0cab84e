namespace PushPruner.Cli.Storage;

/// <summary>Counts what is stored under one policy: images by their number, and bytes by image or by layer.</summary>
/// <param name="mounting">How layers are counted; null where images are.</param>
sealed class StorageCount(BlobMounting? mounting)
{
    readonly BlobSpans spans = new(mounting ?? BlobMounting.Unknown);

    public StorageLedger Ledger { get; } = new();

    /// <param name="images">Those that are counted; null where only bytes are.</param>
    /// <param name="layers">Null where images are counted, or where no manifest of the repository could be read.</param>
    /// <param name="come">Whether a manifest was ever there, and from when.</param>
    /// <param name="goneAt">When a manifest is deleted; null for what is kept.</param>
    public void Add(
        RepositorySnapshot snapshot,
        HashSet<Digest>? images,
        RepositoryLayers? layers,
        Func<Manifest, (bool IsThere, DateTimeOffset? From)> come,
        Func<Digest, DateTimeOffset?> goneAt)
    {
        var gone = snapshot.Manifests.Keys.ToDictionary(d => d, goneAt);
        foreach (var manifest in snapshot.Manifests.Values.Select(f => f.Manifest).Where(_ => mounting is null || images is not null))
        {
            if (come(manifest) is (true, var from))
            {
                var count = images?.Contains(manifest.Digest) is true ? 1 : 0;
                Ledger.Add(from, gone[manifest.Digest], count, mounting is null ? manifest.OwnBytes : 0);
            }
        }

        if (layers is null)
            return;

        spans.Add(layers, manifest => come(manifest) is (true, var from) ? (from, gone[manifest.Digest]) : null);
        Add(spans.TakeSettled());
    }

    /// <summary>After the last repository.</summary>
    public StorageSeries End(string name, string shortName, DateTimeOffset until)
    {
        Add(spans.TakeAll());
        return new(name, shortName, Ledger.Points(until), Ledger.Deleted, until);
    }

    void Add(IEnumerable<BlobSpan> all)
    {
        foreach (var (from, until, bytes) in all)
            Ledger.Add(from, until, 0, bytes);
    }
}

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
