using PushPruner.Ports;

namespace PushPruner.Tests.Given;

/// <summary>Another index, but for what a derived class makes otherwise.</summary>
abstract class IndexDecorator(IManifestIndex inner) : IManifestIndex
{
    protected IManifestIndex Inner => inner;

    public virtual Task<IndexView> ReadAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        string? tag,
        CancellationToken cancellationToken) => inner.ReadAsync(repository, digests, tag, cancellationToken);

    public virtual Task<IReadOnlyDictionary<Digest, IndexRow>> ReadRowsAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken) => inner.ReadRowsAsync(repository, digests, cancellationToken);

    public virtual Task<IndexContents> ReadAllAsync(string repository, CancellationToken cancellationToken) =>
        inner.ReadAllAsync(repository, cancellationToken);

    public virtual Task<IReadOnlyList<RankedEntry>> NewestAsync(
        string repository,
        string stream,
        int count,
        CancellationToken cancellationToken) => inner.NewestAsync(repository, stream, count, cancellationToken);

    public virtual Task<IReadOnlyList<DueEntry>> DueAsync(
        string repository,
        string stream,
        DateTimeOffset before,
        int limit,
        CancellationToken cancellationToken) => inner.DueAsync(repository, stream, before, limit, cancellationToken);

    public virtual Task<IndexRow?> TryWriteAsync(string repository, IndexRow row, CancellationToken cancellationToken) =>
        inner.TryWriteAsync(repository, row, cancellationToken);

    public virtual Task<bool> TryRemoveAsync(string repository, Digest digest, long revision, CancellationToken cancellationToken) =>
        inner.TryRemoveAsync(repository, digest, revision, cancellationToken);

    public virtual Task AddOwnerAsync(string repository, Digest member, Digest owner, CancellationToken cancellationToken) =>
        inner.AddOwnerAsync(repository, member, owner, cancellationToken);

    public virtual Task AddReferrerAsync(string repository, Digest subject, Digest referrer, CancellationToken cancellationToken) =>
        inner.AddReferrerAsync(repository, subject, referrer, cancellationToken);

    public virtual Task<RepositoryState?> TryWriteStateAsync(
        string repository,
        RepositoryState state,
        CancellationToken cancellationToken) => inner.TryWriteStateAsync(repository, state, cancellationToken);

    public virtual Task<bool> TryWriteProtectingTagAsync(string repository, ProtectingTag bearer, CancellationToken cancellationToken) =>
        inner.TryWriteProtectingTagAsync(repository, bearer, cancellationToken);

    public virtual Task<bool> TryRemoveProtectingTagAsync(
        string repository,
        string tag,
        long revision,
        CancellationToken cancellationToken) => inner.TryRemoveProtectingTagAsync(repository, tag, revision, cancellationToken);

    public virtual Task<bool> TryTakeLeaseAsync(string repository, Lease lease, CancellationToken cancellationToken) =>
        inner.TryTakeLeaseAsync(repository, lease, cancellationToken);

    public virtual Task ReturnLeaseAsync(string repository, Lease lease, CancellationToken cancellationToken) =>
        inner.ReturnLeaseAsync(repository, lease, cancellationToken);

    public virtual Task WriteTombstoneAsync(string repository, Tombstone tombstone, CancellationToken cancellationToken) =>
        inner.WriteTombstoneAsync(repository, tombstone, cancellationToken);

    public virtual Task RemoveTombstoneAsync(string repository, Tombstone tombstone, CancellationToken cancellationToken) =>
        inner.RemoveTombstoneAsync(repository, tombstone, cancellationToken);

    public virtual Task<IReadOnlyDictionary<Digest, Tombstone>> FindTombstonesAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken) => inner.FindTombstonesAsync(repository, digests, cancellationToken);

    public virtual Task<Tombstone?> FindTombstoneAsync(string repository, Digest digest, CancellationToken cancellationToken) =>
        inner.FindTombstoneAsync(repository, digest, cancellationToken);

    public virtual IAsyncEnumerable<Tombstone> ListTombstonesAsync(string repository, CancellationToken cancellationToken) =>
        inner.ListTombstonesAsync(repository, cancellationToken);

    public virtual Task AddRepositoryAsync(string repository, CancellationToken cancellationToken) =>
        inner.AddRepositoryAsync(repository, cancellationToken);

    public virtual Task RemoveRepositoryAsync(string repository, CancellationToken cancellationToken) =>
        inner.RemoveRepositoryAsync(repository, cancellationToken);

    public virtual IAsyncEnumerable<string> ListRepositoriesAsync(CancellationToken cancellationToken) =>
        inner.ListRepositoriesAsync(cancellationToken);
}
