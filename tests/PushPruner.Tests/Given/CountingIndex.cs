using System.Runtime.CompilerServices;
using PushPruner.Ports;

namespace PushPruner.Tests.Given;

/// <summary>Counts the calls that the index would cost, and lets a test step in before and after each.</summary>
sealed class CountingIndex(IManifestIndex inner) : IManifestIndex
{
    readonly List<string> calls = [];

    public IReadOnlyList<string> Calls => calls;

    /// <summary>Called before each call with its name; may throw to let it fail.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Called with its name when a call has taken effect; may throw to lose the answer.</summary>
    public Action<string>? After { get; set; }

    public void Clear() => calls.Clear();

    public Task<IndexView> ReadAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        string? tag,
        CancellationToken cancellationToken) => Counted("read", () => inner.ReadAsync(repository, digests, tag, cancellationToken));

    public Task<IReadOnlyDictionary<Digest, IndexRow>> ReadRowsAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken) => Counted("read rows", () => inner.ReadRowsAsync(repository, digests, cancellationToken));

    public Task<IndexContents> ReadAllAsync(string repository, CancellationToken cancellationToken) =>
        Counted("read all", () => inner.ReadAllAsync(repository, cancellationToken));

    public Task<IReadOnlyList<RankedEntry>> NewestAsync(string repository, string stream, int count, CancellationToken cancellationToken) =>
        Counted("newest", () => inner.NewestAsync(repository, stream, count, cancellationToken));

    public Task<IReadOnlyList<DueEntry>> DueAsync(
        string repository,
        string stream,
        DateTimeOffset before,
        int limit,
        CancellationToken cancellationToken) => Counted("due", () => inner.DueAsync(repository, stream, before, limit, cancellationToken));

    public Task<IndexRow?> TryWriteAsync(string repository, IndexRow row, CancellationToken cancellationToken) =>
        Counted("write", () => inner.TryWriteAsync(repository, row, cancellationToken));

    public Task<bool> TryRemoveAsync(string repository, Digest digest, long revision, CancellationToken cancellationToken) =>
        Counted("remove", () => inner.TryRemoveAsync(repository, digest, revision, cancellationToken));

    public Task AddOwnerAsync(string repository, Digest member, Digest owner, CancellationToken cancellationToken) =>
        Counted("add owner", async () =>
        {
            await inner.AddOwnerAsync(repository, member, owner, cancellationToken);
            return true;
        });

    public Task AddReferrerAsync(string repository, Digest subject, Digest referrer, CancellationToken cancellationToken) =>
        Counted("add referrer", async () =>
        {
            await inner.AddReferrerAsync(repository, subject, referrer, cancellationToken);
            return true;
        });

    public Task<RepositoryState?> TryWriteStateAsync(string repository, RepositoryState state, CancellationToken cancellationToken) =>
        Counted("write state", () => inner.TryWriteStateAsync(repository, state, cancellationToken));

    public Task<bool> TryWriteProtectingTagAsync(string repository, ProtectingTag bearer, CancellationToken cancellationToken) =>
        Counted("write protecting tag", () => inner.TryWriteProtectingTagAsync(repository, bearer, cancellationToken));

    public Task<bool> TryRemoveProtectingTagAsync(string repository, string tag, long revision, CancellationToken cancellationToken) =>
        Counted("remove protecting tag", () => inner.TryRemoveProtectingTagAsync(repository, tag, revision, cancellationToken));

    public Task<bool> TryTakeLeaseAsync(string repository, Lease lease, CancellationToken cancellationToken) =>
        Counted("take lease", () => inner.TryTakeLeaseAsync(repository, lease, cancellationToken));

    public Task ReturnLeaseAsync(string repository, Lease lease, CancellationToken cancellationToken) =>
        Counted("return lease", async () =>
        {
            await inner.ReturnLeaseAsync(repository, lease, cancellationToken);
            return true;
        });

    public Task WriteTombstoneAsync(string repository, Tombstone tombstone, CancellationToken cancellationToken) =>
        Counted("write tombstone", async () =>
        {
            await inner.WriteTombstoneAsync(repository, tombstone, cancellationToken);
            return true;
        });

    public Task RemoveTombstoneAsync(string repository, Tombstone tombstone, CancellationToken cancellationToken) =>
        Counted("remove tombstone", async () =>
        {
            await inner.RemoveTombstoneAsync(repository, tombstone, cancellationToken);
            return true;
        });

    public Task<IReadOnlyDictionary<Digest, Tombstone>> FindTombstonesAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken
    ) => Counted("find tombstones", () => inner.FindTombstonesAsync(repository, digests, cancellationToken));

    public Task<Tombstone?> FindTombstoneAsync(string repository, Digest digest, CancellationToken cancellationToken) =>
        Counted("find tombstone", () => inner.FindTombstoneAsync(repository, digest, cancellationToken));

    public async IAsyncEnumerable<Tombstone> ListTombstonesAsync(
        string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var tombstone in await Counted(
                "list tombstones",
                async () => await inner.ListTombstonesAsync(repository, cancellationToken).ToListAsync(cancellationToken)))
        {
            yield return tombstone;
        }
    }

    public Task AddRepositoryAsync(string repository, CancellationToken cancellationToken) =>
        Counted("add repository", async () =>
        {
            await inner.AddRepositoryAsync(repository, cancellationToken);
            return true;
        });

    public Task RemoveRepositoryAsync(string repository, CancellationToken cancellationToken) =>
        Counted("remove repository", async () =>
        {
            await inner.RemoveRepositoryAsync(repository, cancellationToken);
            return true;
        });

    public async IAsyncEnumerable<string> ListRepositoriesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in await Counted(
                "list repositories", async () => await inner.ListRepositoriesAsync(cancellationToken).ToListAsync(cancellationToken)))
        {
            yield return name;
        }
    }

    async Task<T> Counted<T>(string name, Func<Task<T>> call)
    {
        lock (calls)
            calls.Add(name);
        Before?.Invoke(name);
        var answer = await call();
        After?.Invoke(name);
        return answer;
    }
}
