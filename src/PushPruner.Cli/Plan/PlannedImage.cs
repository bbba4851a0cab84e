namespace PushPruner.Cli.Plan;

/// <summary>One image of a plan, or what stands where one would, with what lives and dies with it.</summary>
/// <param name="IsExpired">False also where the verdict would let it go and the repository keeps everything.</param>
/// <param name="Members">What an index names, at any depth.</param>
/// <param name="Referrers">Its signatures, attestations and the like, and those of its members.</param>
sealed record PlannedImage(
    Verdict Verdict, bool IsExpired, IReadOnlyList<Manifest> Members, IReadOnlyList<Manifest> Referrers, DateTimeOffset At)
{
    public Manifest Manifest => Verdict.Manifest;

    /// <summary>Of the whole group. What several own counts in the group of each.</summary>
    public long GroupBytes => Manifest.OwnBytes + Members.Sum(m => m.OwnBytes) + Referrers.Sum(m => m.OwnBytes);

    /// <summary>As the rule counts it; null when nobody knows.</summary>
    public TimeSpan? Age => (Verdict.Group?.ActiveAt ?? Manifest.PushedAt) is { } from ? (from > At ? TimeSpan.Zero : At - from) : null;

    /// <summary>Scripts go by it.</summary>
    public string Word => IsExpired ? "expired" : Verdict.IsDoubt ? "in-doubt" : "kept";

    /// <summary>The newest first.</summary>
    public static IEnumerable<PlannedImage> Of(RepositorySnapshot snapshot) => snapshot.Verdicts
        .Where(v => !v.IsFollower || v.IsDoubt)
        .OrderByDescending(v => v.Manifest.PushedAt ?? DateTimeOffset.MinValue).ThenBy(v => v.Digest)
        .Select(v => Of(snapshot, v));

    static PlannedImage Of(RepositorySnapshot snapshot, Verdict verdict)
    {
        var parts = snapshot.PartsOf(verdict.Digest).ToDictionary(m => m.Digest);
        var referrers = snapshot.GroupOf(verdict.Digest).Where(m => !parts.ContainsKey(m.Digest)).ToList();
        parts.Remove(verdict.Digest);
        return new(verdict, verdict.IsExpired && snapshot.KeepsEverything is null, [.. parts.Values], referrers, snapshot.At);
    }
}
