namespace PushPruner.Cli.Report;

/// <summary>The images of one repository in the order of their pushes, and the lines that part them.</summary>
/// <param name="Marks">The oldest first.</param>
/// <param name="NewestBegin">The push of the last of the newest N; null where there are no more than N.</param>
/// <param name="Undated">Images without a time that can be drawn.</param>
sealed record TimelineFinding(
    RepositoryFinding Repository,
    RetentionPolicy Policy,
    DateTimeOffset At,
    IReadOnlyList<Mark> Marks,
    DateTimeOffset? NewestBegin,
    int Undated)
{
    static readonly TimeSpan LongestAhead = TimeSpan.FromDays(2);
    static readonly DateTimeOffset Earliest = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>X days before now; null where that leaves the calendar.</summary>
    public DateTimeOffset? OldFrom => At - Earliest > Policy.KeepFor ? At - Policy.KeepFor : null;

    /// <summary>What lies before it is both outranked and older than X; null where nothing can be.</summary>
    public DateTimeOffset? ZoneEnd =>
        Repository.KeepsEverything is null && NewestBegin is { } newest && OldFrom is { } old
            ? newest < old
                ? newest
                : old
            : null;

    public static TimelineFinding Of(RepositorySnapshot snapshot, RepositoryFinding found)
    {
        var dated = snapshot.Images.Where(v => v.Manifest.PushedAt is { } t && t >= Earliest && t <= snapshot.At + LongestAhead).ToList();
        var marks = dated.OrderBy(v => v.Manifest.PushedAt).ThenByDescending(v => v.Digest).Select(v => MarkOf(snapshot, v)).ToList();
        var ranked = MostOfAKind(dated);
        var isOutranking = ranked.Exists(v => v.Rank == snapshot.Policy.KeepNewest);
        var newest = isOutranking ? ranked.Find(v => v.Rank == snapshot.Policy.KeepNewest - 1)?.Manifest.PushedAt : null;
        var single = new TimelineFinding(found, snapshot.Policy, snapshot.At, marks, newest, snapshot.Images.Count() - dated.Count);
        return single with { Marks = MarkGrouping.Together(marks, single.ZoneEnd ?? snapshot.At) };
    }

    // Each kind has its own newest N. The line is that of the images; of a repository without any, that of what it has most of.
    static List<Verdict> MostOfAKind(IEnumerable<Verdict> verdicts) => verdicts
        .Where(v => v.Rank is not null)
        .GroupBy(v => v.Kind, StringComparer.Ordinal)
        .OrderByDescending(g => g.Key == Kind.Image).ThenByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.ToList() ?? [];

    static Mark MarkOf(RepositorySnapshot snapshot, Verdict verdict)
    {
        var fate = verdict switch
        {
            { IsDoubt: true } => VerdictKind.Doubtful,
            { IsExpired: true } when snapshot.KeepsEverything is null => VerdictKind.Expired,
            _ => VerdictKind.Kept,
        };
        var reason = verdict.IsExpired && snapshot.KeepsEverything is { } why ? why : verdict.Reason;
        return new Mark(
            verdict.Manifest.PushedAt!.Value,
            fate,
            Names.Of(verdict.Manifest),
            snapshot.GroupOf(verdict.Digest).Sum(m => m.OwnBytes),
            reason)
        {
            Rank = verdict.Rank,
        };
    }
}
