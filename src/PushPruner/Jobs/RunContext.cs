using Microsoft.Extensions.Logging;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

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
    // Writes of single rows go out side by side; so many at once that a listing is filed in time, so few that a table bears it.
    const int WritesAtOnce = 32;

    /// <summary>A line that cannot be written never fails what was done.</summary>
    public ILogger Logger { get; } = UnfailingLogger.Around(Logger);

    public DateTimeOffset Now => Clock.GetUtcNow();

    public bool IsShortOfTime => Invocation.IsShortOfTime(Now);

    public static async Task InParallelAsync<T>(IEnumerable<T> items, Func<T, Task> doAsync)
    {
        foreach (var some in items.Chunk(WritesAtOnce))
            await Task.WhenAll(some.Select(doAsync));
    }

    /// <summary>Takes a row out because its manifest is gone, and leaves a tombstone, whoever deleted it.</summary>
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
            : !row.SaysTheSameAs(left) && await Index.TryWriteAsync(Repository, left, cancellationToken) is not null;
        if (isChanged)
            Invocation.Counters.NoteRowWritten();
    }

    /// <summary>
    /// Leaves a tombstone that says no more than that it is gone. Of what was known by its kin alone nothing says that it ever was here.
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
