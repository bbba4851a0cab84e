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

    sealed record Reading(IndexManifest? Index, DateTimeOffset At, DateTimeOffset? PulledBefore);

    /// <summary>Those that can't be read.</summary>
    public IEnumerable<Digest> Unreadable => readings.Where(r => r.Value.Index is null).Select(r => r.Key);

    /// <summary>What was read so far, by the index.</summary>
    public IEnumerable<(Digest Index, IndexManifest Manifest)> Read => readings.Where(r => r.Value.Index is not null).Select(r => (r.Key, r.Value.Index!));

    /// <summary>Adds to a fact what was read of it.</summary>
    public Fact Apply(Fact fact) => readings.TryGetValue(fact.Digest, out var reading)
        ? fact with { Memory = Of(fact.Memory, reading) }
        : fact;

    /// <summary>Reads those of the manifests that are indexes and have no member list in their rows.</summary>
    /// <returns>False when the function's time ran short before all were asked for.</returns>
    public async Task<bool> ReadAsync(IEnumerable<Manifest> manifests, IReadOnlyDictionary<Digest, IndexRow> rows, CancellationToken cancellationToken)
    {
        var unread = manifests
            .Where(m => MediaTypes.IsIndex(m.MediaType) && m.Status == ManifestStatus.Active)
            .Where(m => rows.GetValueOrDefault(m.Digest)?.Memory.Members is null && !readings.ContainsKey(m.Digest))
            .ToList();
        var read = 0;
        foreach (var some in unread.Chunk(IRegistry.MaxIds))
        {
            // One call is always in time: the job has kept it some.
            if (read > 0 && bench.IsShortOfTime)
                return false;

            var at = bench.Now;
            var texts = await bench.Registry.ReadManifestsAsync(bench.Repository, [.. some.Select(m => m.Digest)], cancellationToken);
            foreach (var index in some)
            {
                // One that couldn't be read before was read all the same, as far as ECR is concerned.
                var lastUse = Pulls.LastUse(new Fact(index, rows.GetValueOrDefault(index.Digest)?.Memory ?? Memory.None));
                readings[index.Digest] = new(IndexManifest.Read(index.Digest, texts.GetValueOrDefault(index.Digest)), at, lastUse);
            }

            read += some.Length;
            bench.Progress?.ReadIndexes(read, unread.Count);
        }

        return true;
    }

    /// <summary>
    /// Reads one of which no more is known than that another index names it as one. When it was pulled before that isn't known either, so this
    /// reading counts as a use: that only keeps it.
    /// </summary>
    public async Task ReadNestedAsync(IReadOnlyCollection<Digest> nested, CancellationToken cancellationToken)
    {
        var texts = await bench.Registry.ReadManifestsAsync(bench.Repository, nested, cancellationToken);
        foreach (var digest in nested)
            readings[digest] = new(IndexManifest.Read(digest, texts.GetValueOrDefault(digest)), bench.Now, PulledBefore: bench.Now);
    }

    /// <summary>
    /// Keeps what was read, in rows without a place, where a run has to end before it can file all: so that the next needn't read it again.
    /// </summary>
    public Task KeepAsync(IEnumerable<Digest> indexes, IReadOnlyDictionary<Digest, IndexRow> rows, CancellationToken cancellationToken) =>
        Workbench.InParallelAsync(indexes.Where(readings.ContainsKey), async digest =>
        {
            var row = rows.GetValueOrDefault(digest) ?? new IndexRow { Digest = digest };
            var kept = row with { Memory = Of(row.Memory, readings[digest]), RankedAt = null, DueFrom = null };
            // One that another run has written meanwhile is read by that run.
            if (await bench.Index.TryWriteAsync(bench.Repository, kept, cancellationToken) is not null)
                bench.Invocation.Tally.NoteRowWritten();
        });

    static Memory Of(Memory memory, Reading reading) => memory with { Members = reading.Index?.Members, ReadAt = reading.At, PulledBefore = reading.PulledBefore };
}
