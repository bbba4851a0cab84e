namespace PushPruner.Cli.Plan;

/// <summary>What a plan sums up to, of one repository or of many.</summary>
/// <param name="Images">With what stands where an image would: lone referrers, left-over parts, what is in doubt.</param>
/// <param name="InDoubt">Of all manifests those that are kept because something about them can't be established.</param>
/// <param name="Bytes">Of all manifests by themselves; a layer is counted in each image that has it.</param>
/// <param name="BytesToFree">Of those the ones that go.</param>
/// <param name="ArchivedBytes">Of <paramref name="Bytes"/> those in the archive, which has another price.</param>
/// <param name="OtherRuleImages">How many of the expired the common rule would keep (<see cref="PlusRule"/>).</param>
/// <param name="OtherRuleBytes">Of those with all that lives and dies with them.</param>
sealed record PlanTotals(
    long Images,
    long Expired,
    long InDoubt,
    long Manifests,
    long ManifestsToGo,
    long Bytes,
    long BytesToFree,
    long ArchivedBytes,
    long OtherRuleImages,
    long OtherRuleBytes)
{
    public static PlanTotals None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public long Kept => Images - Expired;

    public static PlanTotals Of(RepositorySnapshot snapshot, OtherRule other)
    {
        var expired = snapshot.Expired.ToList();
        return new(
            snapshot.Images.LongCount(),
            expired.LongCount(v => !v.IsFollower),
            snapshot.Verdicts.LongCount(v => v.IsDoubt),
            snapshot.Verdicts.Count,
            expired.Count,
            snapshot.Verdicts.Sum(v => v.Manifest.OwnBytes),
            expired.Sum(v => v.Manifest.OwnBytes),
            snapshot.Verdicts.Where(v => v.Manifest.Status == ManifestStatus.Archived).Sum(v => v.Manifest.OwnBytes),
            other.Images.Count,
            other.Bytes);
    }

    public static PlanTotals operator +(PlanTotals a, PlanTotals b) => new(
        a.Images + b.Images,
        a.Expired + b.Expired,
        a.InDoubt + b.InDoubt,
        a.Manifests + b.Manifests,
        a.ManifestsToGo + b.ManifestsToGo,
        a.Bytes + b.Bytes,
        a.BytesToFree + b.BytesToFree,
        a.ArchivedBytes + b.ArchivedBytes,
        a.OtherRuleImages + b.OtherRuleImages,
        a.OtherRuleBytes + b.OtherRuleBytes);
}
