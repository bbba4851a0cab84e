using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>
/// Reads indexes whose members aren't known yet. Manifests never change, so each is read once and its member list kept; within a run too,
/// for a second description already shows the first reading as a pull.
/// </summary>
sealed class IndexReading(Workbench bench)
{
    readonly Dictionary<Digest, Reading> readings = [];

    sealed record Reading(DigestSet? Members, DateTimeOffset At, DateTimeOffset? PulledBefore);

    /// <summary>Those that can't be read.</summary>
    public IEnumerable<Digest> Unreadable => readings.Where(r => r.Value.Members is null).Select(r => r.Key);

    /// <summary>What was read of these, by the index.</summary>
    public IEnumerable<(Digest Index, DigestSet Members)> ReadOf(IEnumerable<Manifest> manifests) =>
        manifests.Where(m => readings.ContainsKey(m.Digest)).Select(m => (m.Digest, readings[m.Digest].Members ?? DigestSet.Empty));

    /// <summary>Adds to a fact what was read of it.</summary>
    public Fact Apply(Fact fact) => readings.TryGetValue(fact.Digest, out var reading)
        ? fact with { Memory = fact.Memory with { Members = reading.Members, ReadAt = reading.At, PulledBefore = reading.PulledBefore } }
        : fact;

    /// <summary>Reads those of the manifests that are indexes and have no member list in their rows.</summary>
    public async Task ReadAsync(IEnumerable<Manifest> manifests, IReadOnlyDictionary<Digest, IndexRow> rows, CancellationToken cancellationToken)
    {
        var at = bench.Now;
        var unread = manifests
            .Where(m => MediaTypes.IsIndex(m.MediaType) && m.Status == ManifestStatus.Active)
            .Where(m => rows.GetValueOrDefault(m.Digest)?.Memory.Members is null && !readings.ContainsKey(m.Digest))
            .ToList();
        if (unread.Count == 0)
            return;

        var texts = await bench.Registry.ReadManifestsAsync(bench.Repository, [.. unread.Select(m => m.Digest)], cancellationToken);
        foreach (var index in unread)
        {
            // One that couldn't be read before was read all the same, as far as ECR is concerned.
            var lastUse = Pulls.LastUse(new Fact(index, rows.GetValueOrDefault(index.Digest)?.Memory ?? Memory.None));
            readings[index.Digest] = new(IndexManifest.MembersIn(index.Digest, texts.GetValueOrDefault(index.Digest)), at, lastUse);
        }
    }
}
