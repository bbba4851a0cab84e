using PushPruner.Cli.Plan.InUse;
using PushPruner.Cli.Storage;

namespace PushPruner.Cli.Report;

/// <summary>What the page shows. Of each repository only its numbers stay, and of those that free the most the timeline.</summary>
/// <param name="layers">Null where images are counted.</param>
/// <param name="usage">Null when nobody said what is in use.</param>
sealed class Findings(SnapshotRun seen, Price price, LayerCount? layers, Usage? usage)
{
    /// <summary>Of timelines.</summary>
    public const int MostTimelines = 24;

    /// <summary>Of all timelines together, so that the page stays light.</summary>
    public const int MostMarks = 6_000;

    /// <summary>Of the images in doubt that are told one by one.</summary>
    public const int MostDoubts = 50;

    readonly List<RepositoryFinding> repositories = [];
    readonly List<Doubt> doubts = [];
    readonly Dictionary<string, int> reasonsOfDoubt = new(StringComparer.Ordinal);
    readonly PriorityQueue<TimelineFinding, (long Freed, int Images)> timelines = new();
    readonly StorageCount storedAsItIs = new(layers?.Mounting);
    readonly StorageCount storedWithPolicy = new(layers?.Mounting);

    public SnapshotRun Seen { get; } = seen;

    public RetentionPolicy Policy => Seen.Policy;

    public DateTimeOffset At => Seen.At;

    public Price Price { get; } = price;

    public Usage? Usage { get; } = usage;

    public bool HasLayers => layers is not null;

    /// <summary>Null where images are counted, or where no manifest could be read.</summary>
    public LayerTotal? Layers => layers?.Total;

    /// <summary>
    /// Bytes stored of what is there today: as it came in, and as it would be had the policy held all along. What was deleted before isn't
    /// known, so that the past was larger than this. Asked for once, after the last repository.
    /// </summary>
    public IReadOnlyList<StorageSeries> History() =>
        [storedAsItIs.End("As it is", "", At), storedWithPolicy.End("With this policy", "", At)];

    public IReadOnlyList<Doubt> Doubts => doubts;

    /// <summary>The reasons of all images in doubt, the most frequent first.</summary>
    public IReadOnlyList<(string Reason, int Count)> ReasonsOfDoubt =>
        [.. reasonsOfDoubt.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => (r.Key, r.Value))];

    /// <summary>Those that free the most first, as far as they were looked at.</summary>
    public IReadOnlyList<RepositoryFinding> Repositories =>
        [
            .. repositories
                .Where(r => r.Error is null)
                .OrderByDescending(r => r.Freed.Bytes)
                .ThenByDescending(r => r.Stored.Bytes)
                .ThenBy(r => r.Name, StringComparer.Ordinal),
        ];

    public IReadOnlyList<RepositoryFinding> Failures => [.. repositories.Where(r => r.Error is not null)];

    /// <summary>Those that free the most first.</summary>
    public IReadOnlyList<TimelineFinding> Timelines()
    {
        var marks = 0;
        return
        [
            .. timelines.UnorderedItems
                .OrderByDescending(t => t.Priority)
                .Select(t => t.Element)
                .TakeWhile(t => (marks += t.Marks.Count) <= MostMarks),
        ];
    }

    /// <summary>Those of which a run would delete nothing, because too many of their images are expired.</summary>
    public IReadOnlyList<RepositoryFinding> Halted =>
        [.. Repositories.Where(r => r.IsHalted).OrderByDescending(r => r.Expired).ThenBy(r => r.Name, StringComparer.Ordinal)];

    /// <summary>
    /// The repositories by the first part of their names, those that free the most first; empty where that parts nothing.
    /// </summary>
    public IReadOnlyList<RepositoryFinding> Teams()
    {
        var teams = Repositories.GroupBy(r => r.Team, StringComparer.Ordinal).Select(g => RepositoryFinding.Sum(g.Key, [.. g])).ToList();
        return teams.Count < 2 || teams.Count == Repositories.Count
            ? []
            :
            [
                .. teams
                    .OrderByDescending(t => t.Freed.Bytes)
                    .ThenByDescending(t => t.Stored.Bytes)
                    .ThenBy(t => t.Name, StringComparer.Ordinal),
            ];
    }

    public RepositoryFinding Total()
    {
        var sum = RepositoryFinding.Sum("", Repositories);
        return Layers is { } counted
            ? sum with { Stored = counted.StoredBytes, Freed = counted.FreedBytes }
            : sum;
    }

    public async Task AddAsync(SnapshotReport report, CancellationToken stop)
    {
        if (report.Snapshot is not { } snapshot)
        {
            layers?.Skip();
            repositories.Add(new RepositoryFinding(report.Repository) { Error = report.Error });
            return;
        }

        var (read, sums, error) = layers is null ? (null, null, null) : await layers.AddAsync(snapshot, stop);
        var found = RepositoryFinding.Of(snapshot, HasLayers, sums, Seen.MaxDeletes);
        repositories.Add(found);
        if (error is not null)
            HasFailed = true;
        var expiryTimes = new ExpiryTimes(snapshot);
        storedAsItIs.Add(snapshot, images: null, read, Come, _ => null);
        storedWithPolicy.Add(snapshot, images: null, read, Come, digest => ToToday(expiryTimes.Of(digest)));
        Usage?.Look(snapshot, Seen.Source.Place);
        Add(snapshot, found);
    }

    /// <summary>Whether the layers of a repository could not be read.</summary>
    public bool HasFailed { get; private set; }

    (bool IsThere, DateTimeOffset? From) Come(Manifest manifest) => (true, ToToday(manifest.PushedAt));

    // A clock that is ahead must not carry the present beyond today.
    DateTimeOffset? ToToday(DateTimeOffset? time) => time > At ? At : time;

    void Add(RepositorySnapshot snapshot, RepositoryFinding found)
    {
        var doubtful = snapshot.Images.Where(v => v.IsDoubt).ToList();
        foreach (var (reason, count) in doubtful.CountBy(v => v.Reason))
            reasonsOfDoubt[reason] = reasonsOfDoubt.GetValueOrDefault(reason) + count;
        foreach (var doubt in doubtful.Take(MostDoubts - doubts.Count))
            doubts.Add(new Doubt(snapshot.Repository, Names.Of(doubt.Manifest), doubt.Reason));
        if (found.Images == 0)
            return;

        timelines.Enqueue(TimelineFinding.Of(snapshot, found), (found.Freed.Bytes, found.Images));
        if (timelines.Count > MostTimelines)
            timelines.Dequeue();
    }
}
