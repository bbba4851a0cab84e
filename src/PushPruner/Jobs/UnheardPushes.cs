using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>
/// Tells a lost event from events that don't come at all: a push that the index doesn't know is one that was lost, if the index knows a later one of
/// the repository. Those after the last one it knows were told by nobody.
/// </summary>
static class UnheardPushes
{
    // EventBridge and then Lambda try for six hours each.
    static readonly TimeSpan OnTheirWay = TimeSpan.FromHours(12);

    /// <param name="rows">As they were before the listing began at <paramref name="begun"/>.</param>
    /// <param name="listedAt">When the repository was listed before: whatever was pushed until then the index was told by that.</param>
    public static int Count(IReadOnlyDictionary<Digest, IndexRow> rows, IEnumerable<Fact> facts, DateTimeOffset listedAt, DateTimeOffset begun)
    {
        var lastHeard = rows.Values.Select(row => row.PushedAt).OfType<DateTimeOffset>().Where(at => at <= begun).Append(listedAt).Max();
        return facts.Count(f =>
            f.Manifest.PushedAt > lastHeard && f.Manifest.PushedAt <= begun - OnTheirWay && rows.GetValueOrDefault(f.Digest)?.PushedAt is null);
    }
}
