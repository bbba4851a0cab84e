namespace PushPruner.Listing;

/// <summary>
/// What a listing shows of the events of one repository. A push without a row, although a later push has one, is a lost event: that is
/// drift. A push after all that have a row may mean that no event comes. One repository cannot show more: <c>REPOSITORIES</c> may have
/// excluded it for a while, which leaves no trace in the index. So the alarm <c>NoEvents</c> also asks whether the function was invoked at
/// all, by whatever repository. Pushes of the last 12 hours do not count, because their events may still arrive.
/// </summary>
/// <param name="Received">Manifests pushed in the day before that which have a row.</param>
/// <param name="Missed">Manifests without a row, pushed after all that have one.</param>
public sealed record EventCoverage(int Received, int Missed)
{
    // EventBridge and then Lambda try for six hours each.
    static readonly TimeSpan MayStillArrive = TimeSpan.FromHours(12);

    static readonly TimeSpan Span = TimeSpan.FromDays(1);

    /// <param name="rows">As they were before the listing began at <paramref name="begun"/>.</param>
    /// <param name="listedAt">When the repository was listed before: that listing wrote the rows of all that was pushed until then.</param>
    internal static EventCoverage Of(
        IReadOnlyDictionary<Digest, IndexRow> rows,
        IEnumerable<KnownManifest> knownManifests,
        DateTimeOffset listedAt,
        DateTimeOffset begun)
    {
        var until = begun - MayStillArrive;
        var lastKnown = rows.Values.Select(row => row.PushedAt).OfType<DateTimeOffset>().Where(at => at <= begun).Append(listedAt).Max();
        var pushed = knownManifests
            .Where(f => f.Manifest.PushedAt <= until)
            .ToLookup(f => rows.GetValueOrDefault(f.Digest)?.PushedAt is not null, f => f.Manifest.PushedAt);
        return new EventCoverage(pushed[true].Count(at => at > until - Span), pushed[false].Count(at => at > lastKnown));
    }
}
