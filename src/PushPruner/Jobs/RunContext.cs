using Microsoft.Extensions.Logging;
using PushPruner.Recording;

namespace PushPruner.Jobs;

/// <summary>What every step of a run works with: one repository, the two ports, the settings, the clock.</summary>
sealed record RunContext(
    string Repository,
    IRegistry Registry,
    IManifestIndex Index,
    Settings Settings,
    Invocation Invocation,
    TimeProvider Clock,
    ILogger Logger,
    IReconcileProgress? Progress = null)
{
    // Writes of single rows run side by side: enough of them that a listing is recorded in time, few enough for the table.
    const int WritesAtOnce = 32;

    const int StateTries = 8;

    /// <summary>A line that cannot be written never fails what was done.</summary>
    public ILogger Logger { get; } = UnfailingLogger.Around(Logger);

    public DateTimeOffset Now => Clock.GetUtcNow();

    public bool IsShortOfTime => Invocation.IsShortOfTime(Now);

    public static async Task InParallelAsync<T>(IEnumerable<T> items, Func<T, Task> doAsync)
    {
        foreach (var some in items.Chunk(WritesAtOnce))
            await Task.WhenAll(some.Select(doAsync));
    }

    /// <summary>The repository's state as last written; null if the index has never seen the repository.</summary>
    public async Task<RepositoryState?> ReadStateAsync(CancellationToken cancellationToken) =>
        (await Index.ReadAsync(Repository, [], tag: null, cancellationToken)).State;

    /// <summary>Changes the repository's state, even if another run writes it at the same time.</summary>
    /// <param name="known">The state as it was last read; null if the index has none.</param>
    /// <param name="change">Returns the state as it should be. It is called again on what another run wrote.</param>
    /// <returns>The state as it is now.</returns>
    /// <exception cref="ContestedRowException">Other runs kept writing it; a retry helps.</exception>
    public async Task<RepositoryState> UpdateStateAsync(
        RepositoryState? known, Func<RepositoryState, RepositoryState> change, CancellationToken cancellationToken)
    {
        var state = known ?? new RepositoryState();
        for (var tries = 0; ; tries++)
        {
            var changed = change(state);
            if (changed == state)
                return state;
            if (await Index.TryWriteStateAsync(Repository, changed, cancellationToken) is { } written)
                return written;
            if (tries == StateTries)
                throw new ContestedRowException(Repository, "the repository's state");

            state = await ReadStateAsync(cancellationToken) ?? new RepositoryState();
        }
    }

    /// <summary>Removes the row of a manifest that is gone, and leaves a tombstone, no matter who deleted it.</summary>
    /// <param name="named">
    /// What other manifests that may be there say of it: that much of the row stays, without places. Null leaves nothing.
    /// </param>
    public async Task RemoveRowAsync(IndexRow row, ManifestHistory? named, CancellationToken cancellationToken)
    {
        if (row.History.IsOfNewerVersion)
            return;

        await WriteTombstoneAsync(row, cancellationToken);
        var left = named is null ? null : new IndexRow { Digest = row.Digest, History = named, Revision = row.Revision };
        var isChanged = left is null
            ? await Index.TryRemoveAsync(Repository, row.Digest, row.Revision, cancellationToken)
            : !row.HasSameContentAs(left) && await Index.TryWriteAsync(Repository, left, cancellationToken) is not null;
        if (isChanged)
            Invocation.Counters.NoteRowWritten();
    }

    /// <summary>
    /// Leaves a tombstone that says only that it is gone. Without a push time, nothing says that it ever was in the repository.
    /// </summary>
    async Task WriteTombstoneAsync(IndexRow row, CancellationToken cancellationToken)
    {
        if (row.PushedAt is null)
            return;

        await Index.WriteTombstoneAsync(
            Repository,
            new Tombstone
            {
                Digest = row.Digest,
                Tags = row.Tags,
                PushedAt = row.PushedAt,
                Bytes = row.Bytes,
                DeletedAt = Now,
                Reason = "found gone: deleted by somebody else, or by a run that was cut off",
                RequestId = Invocation.RequestId,
                EventId = Invocation.EventId,
                Execution = Invocation.Execution,
                IsFoundGone = true,
            },
            cancellationToken);
    }
}
