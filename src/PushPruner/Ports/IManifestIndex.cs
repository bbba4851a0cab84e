namespace PushPruner.Ports;

/// <summary>
/// The index: where to look, never what is true. One row per manifest, the repository's own state, and a tombstone for each deleted
/// manifest. Writes are single rows, on condition that no other run has written them since they were read.
/// </summary>
public interface IManifestIndex
{
    /// <summary>The repository's state and the rows of these digests, as last written; one call where they are few.</summary>
    /// <param name="tag">A protecting tag that is asked for as well; null for none.</param>
    Task<IndexView> ReadAsync(string repository, IReadOnlyCollection<Digest> digests, string? tag, CancellationToken cancellationToken);

    /// <summary>The rows of these digests as last written, by digest; one call per 100.</summary>
    Task<IReadOnlyDictionary<Digest, IndexRow>> ReadRowsAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken);

    /// <summary>Every row and every protecting tag of the repository.</summary>
    Task<IndexContents> ReadAllAsync(string repository, CancellationToken cancellationToken);

    /// <summary>The newest ranked images of a stream, newest first: by push time, then smaller digest first.</summary>
    /// <param name="stream">Their kind.</param>
    Task<IReadOnlyList<RankedEntry>> NewestAsync(string repository, string stream, int count, CancellationToken cancellationToken);

    /// <summary>The images of a stream whose X counts from before <paramref name="before"/>, the longest due first.</summary>
    /// <param name="stream">Their kind.</param>
    Task<IReadOnlyList<DueEntry>> DueAsync(
        string repository, string stream, DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Writes a row if the stored one still has the row's revision (<see cref="IndexRow.Unwritten"/>: if there is none).</summary>
    /// <returns>The row with its new revision; null if another run has written it since, and nothing was changed.</returns>
    Task<IndexRow?> TryWriteAsync(string repository, IndexRow row, CancellationToken cancellationToken);

    /// <summary>Removes a row if it still has this revision.</summary>
    /// <returns>
    /// False if another run has written it since; a row that isn't there counts as removed, and one that can't be read is.
    /// </returns>
    Task<bool> TryRemoveAsync(string repository, Digest digest, long revision, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that an index names a manifest, whether that has a row or not. It takes its places: a part of an image is not one.
    /// Unconditional, and the same however often and in whatever order it is said.
    /// </summary>
    Task AddOwnerAsync(string repository, Digest member, Digest owner, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that a referrer names a manifest as its subject, whether that has a row or not; as <see cref="AddOwnerAsync"/>.
    /// </summary>
    Task AddReferrerAsync(string repository, Digest subject, Digest referrer, CancellationToken cancellationToken);

    /// <summary>Writes the repository's state if the stored one still has the state's revision.</summary>
    /// <returns>The state with its new revision; null if another run has written it since.</returns>
    Task<RepositoryState?> TryWriteStateAsync(string repository, RepositoryState state, CancellationToken cancellationToken);

    /// <summary>Writes which image has a protecting tag, if the stored entry still has this one's revision.</summary>
    Task<bool> TryWriteProtectingTagAsync(string repository, ProtectingTag protectingTag, CancellationToken cancellationToken);

    /// <summary>Removes the entry of a protecting tag if it still has this revision; for a tag that no image has any more.</summary>
    Task<bool> TryRemoveProtectingTagAsync(string repository, string tag, long revision, CancellationToken cancellationToken);

    /// <summary>Takes the lease on a repository, or prolongs it, unless another holds one that has not ended.</summary>
    /// <param name="lease">Of <see cref="Lease.Longest"/> at most.</param>
    Task<bool> TryTakeLeaseAsync(string repository, Lease lease, CancellationToken cancellationToken);

    /// <summary>Gives a lease back. One that another has taken since stays.</summary>
    Task ReturnLeaseAsync(string repository, Lease lease, CancellationToken cancellationToken);

    /// <summary>
    /// Leaves a tombstone. One that is there for the same push of the digest stays, unless it only says "found gone" and the new one knows
    /// why.
    /// </summary>
    Task WriteTombstoneAsync(string repository, Tombstone tombstone, CancellationToken cancellationToken);

    /// <summary>Removes a tombstone that says the same as this one: what it is for turned out to be there.</summary>
    Task RemoveTombstoneAsync(string repository, Tombstone tombstone, CancellationToken cancellationToken);

    /// <summary>The tombstones there are of these digests; one call per 100.</summary>
    Task<IReadOnlyDictionary<Digest, Tombstone>> FindTombstonesAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken);

    /// <summary>The tombstone of a digest; null when there is none.</summary>
    Task<Tombstone?> FindTombstoneAsync(string repository, Digest digest, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that the index knows this repository, for <see cref="ListRepositoriesAsync"/>. Said once when it is first listed.
    /// </summary>
    Task AddRepositoryAsync(string repository, CancellationToken cancellationToken);

    /// <summary>Forgets a repository: nothing of it is left but tombstones.</summary>
    Task RemoveRepositoryAsync(string repository, CancellationToken cancellationToken);

    /// <summary>The names of all repositories that the index knows, in no particular order.</summary>
    IAsyncEnumerable<string> ListRepositoriesAsync(CancellationToken cancellationToken);

    /// <summary>Every tombstone of the repository, page by page, in no particular order: for people who ask by a tag.</summary>
    IAsyncEnumerable<Tombstone> ListTombstonesAsync(string repository, CancellationToken cancellationToken);
}
