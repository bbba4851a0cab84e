using System.Runtime.CompilerServices;

namespace PushPruner.Adapters;

/// <summary>
/// The index in memory: for the command line, where it lives as long as the run, and for tests. Its answers are those of the table.
/// </summary>
public sealed class InMemoryIndex(TimeProvider clock) : IManifestIndex
{
    static readonly Comparer<RankedEntry> NewestFirst = Comparer<RankedEntry>.Create((a, b) =>
        b.PushedAt.CompareTo(a.PushedAt) is not 0 and var byTime ? byTime : a.Digest.CompareTo(b.Digest));

    static readonly Comparer<DueEntry> LongestDueFirst = Comparer<DueEntry>.Create((a, b) =>
        a.DueFrom.CompareTo(b.DueFrom) is not 0 and var byTime ? byTime : a.Digest.CompareTo(b.Digest));

    readonly Lock gate = new();
    readonly Dictionary<string, Shelf> shelves = new(StringComparer.Ordinal);
    long lastRevision;

    public Task<IndexView> ReadAsync(
        string repository, IReadOnlyCollection<Digest> digests, string? tag, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var shelf = ShelfOf(repository);
            var rows = digests.Distinct().Where(shelf.Rows.ContainsKey).ToDictionary(d => d, d => shelf.Rows[d]);
            var protectingTag = tag is null ? null : shelf.ProtectingTags.GetValueOrDefault(tag);
            return Task.FromResult(new IndexView(shelf.State, rows, protectingTag));
        }
    }

    public async Task<IReadOnlyDictionary<Digest, IndexRow>> ReadRowsAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken) => (await ReadAsync(repository, digests, tag: null, cancellationToken)).Rows;

    public Task<IndexContents> ReadAllAsync(string repository, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var shelf = ShelfOf(repository);
            return Task.FromResult(
                new IndexContents(
                    new Dictionary<Digest, IndexRow>(shelf.Rows),
                    new Dictionary<string, ProtectingTag>(shelf.ProtectingTags, StringComparer.Ordinal)));
        }
    }

    public Task<IReadOnlyList<RankedEntry>> NewestAsync(string repository, string stream, int count, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<RankedEntry>>([.. ShelfOf(repository).Of(stream).Ranked.Take(count)]);
    }

    public Task<IReadOnlyList<DueEntry>> DueAsync(
        string repository, string stream, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<DueEntry>>([
                .. ShelfOf(repository).Of(stream).Due.TakeWhile(d => d.DueFrom < before).Take(limit),
            ]);
        }
    }

    public Task<IndexRow?> TryWriteAsync(string repository, IndexRow row, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var shelf = ShelfOf(repository);
            if ((shelf.Rows.TryGetValue(row.Digest, out var stored) ? stored.Revision : IndexRow.Unwritten) != row.Revision)
                return Task.FromResult<IndexRow?>(null);

            var written = row.Normalized() with { Revision = NextRevision() };
            shelf.Replace(stored, written);
            return Task.FromResult<IndexRow?>(written);
        }
    }

    public Task<bool> TryRemoveAsync(string repository, Digest digest, long revision, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var shelf = ShelfOf(repository);
            if (!shelf.Rows.TryGetValue(digest, out var stored))
                return Task.FromResult(true);
            if (stored.Revision != revision)
                return Task.FromResult(false);

            shelf.Replace(stored, null);
            return Task.FromResult(true);
        }
    }

    public Task AddOwnerAsync(string repository, Digest member, Digest owner, CancellationToken cancellationToken) =>
        UpdateAsync(repository, member, row => row.History.Owners.IsFull ? null : (row with
        {
            History = row.History with { Owners = row.History.Owners.With(owner), WasMember = true },
        }).WithoutPlaces());

    public Task AddReferrerAsync(string repository, Digest subject, Digest referrer, CancellationToken cancellationToken) =>
        UpdateAsync(repository, subject, row => row.History.Referrers.IsFull ? null : row with
        {
            History = row.History with { Referrers = row.History.Referrers.With(referrer) },
        });

    public Task<RepositoryState?> TryWriteStateAsync(string repository, RepositoryState state, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var shelf = ShelfOf(repository);
            if ((shelf.State?.Revision ?? IndexRow.Unwritten) != state.Revision)
                return Task.FromResult<RepositoryState?>(null);

            shelf.State = state with { Revision = NextRevision() };
            return Task.FromResult<RepositoryState?>(shelf.State);
        }
    }

    public Task<bool> TryWriteProtectingTagAsync(string repository, ProtectingTag protectingTag, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var protectingTags = ShelfOf(repository).ProtectingTags;
            if ((protectingTags.GetValueOrDefault(protectingTag.Tag)?.Revision ?? IndexRow.Unwritten) != protectingTag.Revision)
                return Task.FromResult(false);

            protectingTags[protectingTag.Tag] = protectingTag with { Row = protectingTag.Row.Normalized(), Revision = NextRevision() };
            return Task.FromResult(true);
        }
    }

    public Task<bool> TryRemoveProtectingTagAsync(string repository, string tag, long revision, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var protectingTags = ShelfOf(repository).ProtectingTags;
            if (!protectingTags.TryGetValue(tag, out var stored))
                return Task.FromResult(true);

            return Task.FromResult(stored.Revision == revision && protectingTags.Remove(tag));
        }
    }

    public Task<bool> TryTakeLeaseAsync(string repository, Lease lease, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var shelf = ShelfOf(repository);
            var now = clock.GetUtcNow();
            if (shelf.Lease is { } held && held.Holder != lease.Holder && held.Until > now && held.Until <= now + Lease.Longest)
                return Task.FromResult(false);

            shelf.Lease = lease;
            return Task.FromResult(true);
        }
    }

    public Task ReturnLeaseAsync(string repository, Lease lease, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var shelf = ShelfOf(repository);
            if (shelf.Lease?.Holder == lease.Holder)
                shelf.Lease = null;
        }

        return Task.CompletedTask;
    }

    public Task WriteTombstoneAsync(string repository, Tombstone tombstone, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var tombstones = ShelfOf(repository).Tombstones;
            if (!tombstones.TryGetValue(tombstone.Digest, out var there) || there.PushedAt != tombstone.PushedAt || !IsInTime(there)
                || (there.IsFoundGone && !tombstone.IsFoundGone))
            {
                tombstones[tombstone.Digest] = tombstone;
            }
        }

        return Task.CompletedTask;
    }

    public Task RemoveTombstoneAsync(string repository, Tombstone tombstone, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var tombstones = ShelfOf(repository).Tombstones;
            if (tombstones.TryGetValue(tombstone.Digest, out var there) && there.RequestId == tombstone.RequestId)
                tombstones.Remove(tombstone.Digest);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<Digest, Tombstone>> FindTombstonesAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var tombstones = ShelfOf(repository).Tombstones;
            return Task.FromResult<IReadOnlyDictionary<Digest, Tombstone>>(
                digests
                    .Distinct()
                    .Where(d => tombstones.TryGetValue(d, out var there) && IsInTime(there))
                    .ToDictionary(d => d, d => tombstones[d]));
        }
    }

    public Task<Tombstone?> FindTombstoneAsync(string repository, Digest digest, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var isThere = ShelfOf(repository).Tombstones.TryGetValue(digest, out var tombstone) && IsInTime(tombstone);
            return Task.FromResult(isThere ? tombstone : null);
        }
    }

    public async IAsyncEnumerable<Tombstone> ListTombstonesAsync(
        string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Tombstone> tombstones;
        lock (gate)
            tombstones = [.. ShelfOf(repository).Tombstones.Values.Where(IsInTime)];

        await Task.CompletedTask;
        foreach (var tombstone in tombstones)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return tombstone;
        }
    }

    public Task AddRepositoryAsync(string repository, CancellationToken cancellationToken)
    {
        lock (gate)
            ShelfOf(repository).IsKnown = true;
        return Task.CompletedTask;
    }

    public Task RemoveRepositoryAsync(string repository, CancellationToken cancellationToken)
    {
        lock (gate)
            ShelfOf(repository).IsKnown = false;
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListRepositoriesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<string> known;
        lock (gate)
            known = [.. shelves.Where(s => s.Value.IsKnown).Select(s => s.Key)];

        await Task.CompletedTask;
        foreach (var name in known)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    bool IsInTime(Tombstone tombstone) => clock.GetUtcNow() - tombstone.DeletedAt < Tombstone.Lifetime;

    // A set that is full takes no more, as in the table.
    Task UpdateAsync(string repository, Digest digest, Func<IndexRow, IndexRow?> update)
    {
        lock (gate)
        {
            var shelf = ShelfOf(repository);
            var stored = shelf.Rows.GetValueOrDefault(digest);
            if (update(stored ?? new IndexRow { Digest = digest }) is { } updated)
                shelf.Replace(stored, updated with { Revision = NextRevision() });
        }

        return Task.CompletedTask;
    }

    // As the table's: the time of the write, and never the same twice.
    long NextRevision() => lastRevision = Math.Max(lastRevision + 1, clock.GetUtcNow().UtcTicks);

    Shelf ShelfOf(string repository) =>
        shelves.TryGetValue(repository, out var shelf) ? shelf : shelves[repository] = new Shelf();

    sealed class Places
    {
        public SortedSet<RankedEntry> Ranked { get; } = new(NewestFirst);

        public SortedSet<DueEntry> Due { get; } = new(LongestDueFirst);
    }

    sealed class Shelf
    {
        public RepositoryState? State { get; set; }

        public Lease? Lease { get; set; }

        public bool IsKnown { get; set; }

        public Dictionary<Digest, IndexRow> Rows { get; } = [];

        public Dictionary<string, ProtectingTag> ProtectingTags { get; } = new(StringComparer.Ordinal);

        readonly Dictionary<string, Places> streams = new(StringComparer.Ordinal);

        public Dictionary<Digest, Tombstone> Tombstones { get; } = [];

        public Places Of(string stream) => streams.TryGetValue(stream, out var places) ? places : streams[stream] = new Places();

        public void Replace(IndexRow? old, IndexRow? row)
        {
            if (old is { Stream: { } former, RankedAt: { } wasRanked })
                Of(former).Ranked.Remove(new RankedEntry(old.Digest, wasRanked));
            if (old is { Stream: { } formerToo, DueFrom: { } wasDue })
                Of(formerToo).Due.Remove(new DueEntry(old.Digest, wasDue));
            if (row is { Stream: { } stream, RankedAt: { } ranked })
                Of(stream).Ranked.Add(new RankedEntry(row.Digest, ranked));
            if (row is { Stream: { } streamToo, DueFrom: { } due })
                Of(streamToo).Due.Add(new DueEntry(row.Digest, due));

            if (row is not null)
                Rows[row.Digest] = row;
            else if (old is not null)
                Rows.Remove(old.Digest);
        }
    }
}
