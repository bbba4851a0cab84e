using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Reads indexes whose members aren't known yet. Manifests never change, so each is read once and its member list kept.</summary>
sealed class IndexReading(Workbench bench)
{
    /// <summary>What was read in this run, by the index; null for one that can't be read.</summary>
    public sealed record Read(IReadOnlyDictionary<Digest, DigestSet?> Members, DateTimeOffset At)
    {
        public Fact Apply(Fact fact) => Members.TryGetValue(fact.Digest, out var members)
            ? fact with { Memory = fact.Memory with { Members = members, ReadAt = At, PulledBefore = fact.Manifest.LastPulledAt } }
            : fact;
    }

    /// <summary>Reads those of the manifests that are indexes and have no member list in their rows.</summary>
    public async Task<Read> ReadAsync(IEnumerable<Manifest> manifests, IReadOnlyDictionary<Digest, IndexRow> rows, CancellationToken cancellationToken)
    {
        var at = bench.Now;
        var unread = manifests
            .Where(m => MediaTypes.IsIndex(m.MediaType) && m.Status == ManifestStatus.Active && rows.GetValueOrDefault(m.Digest)?.Memory.Members is null)
            .Select(m => m.Digest)
            .ToList();
        if (unread.Count == 0)
            return new Read(new Dictionary<Digest, DigestSet?>(), at);

        var texts = await bench.Registry.ReadManifestsAsync(bench.Repository, unread, cancellationToken);
        return new Read(unread.ToDictionary(index => index, index => IndexManifest.MembersIn(index, texts.GetValueOrDefault(index))), at);
    }
}
