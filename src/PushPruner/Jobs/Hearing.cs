using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>
/// Whether events come at all. A push that the index doesn't know though it knows a later one of the repository had its event lost: that is drift. Those
/// after the last one that it knows were told by nobody. Only pushes so long ago count that no event of theirs can be on its way.
/// </summary>
/// <param name="Heard">Manifests pushed in a day that the index knows.</param>
/// <param name="Unheard">Manifests pushed after all that the index knows.</param>
public sealed record Hearing(int Heard, int Unheard)
{
    // EventBridge and then Lambda try for six hours each.
    static readonly TimeSpan OnTheirWay = TimeSpan.FromHours(12);

    static readonly TimeSpan Span = TimeSpan.FromDays(1);

    /// <param name="rows">As they were before the listing began at <paramref name="begun"/>.</param>
    /// <param name="listedAt">When the repository was listed before: whatever was pushed until then the index knows by that.</param>
    internal static Hearing Of(IReadOnlyDictionary<Digest, IndexRow> rows, IEnumerable<Fact> facts, DateTimeOffset listedAt, DateTimeOffset begun)
    {
        var until = begun - OnTheirWay;
        var lastHeard = rows.Values.Select(row => row.PushedAt).OfType<DateTimeOffset>().Where(at => at <= begun).Append(listedAt).Max();
        var pushed = facts.Where(f => f.Manifest.PushedAt <= until).ToLookup(f => rows.GetValueOrDefault(f.Digest)?.PushedAt is not null, f => f.Manifest.PushedAt);
        return new Hearing(pushed[true].Count(at => at > until - Span), pushed[false].Count(at => at > lastHeard));
    }
}
