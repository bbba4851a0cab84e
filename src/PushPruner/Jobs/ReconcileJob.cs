using Microsoft.Extensions.Logging;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Jobs;

/// <summary>
/// The safety net: lists one repository in full, sets the index right, and deletes what is expired by ECR's own word. It needs nothing
/// from the index but what only that remembers.
/// </summary>
public sealed class ReconcileJob(
    IRegistry registry, IManifestIndex index, Settings settings, TimeProvider clock, ILogger logger, IReconcileProgress? progress = null)
{
    /// <exception cref="ContestedRowException">Other runs kept writing the same row; a retry helps.</exception>
    /// <exception cref="ContradictoryAnswerException">ECR said that there is no such repository, and then that there is; a retry helps.</exception>
    /// <exception cref="NotVisibleYetException">ECR doesn't return yet what was pushed less than two minutes ago; a retry helps.</exception>
    public async Task<ReconcileResult> RunAsync(ReconcileRequest order, Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(invocation);
        var ordered = order.ApplyTo(settings);
        var bench = new RunContext(order.Repository, registry, index, ordered, invocation, clock, logger, progress);
        ReconcileResult result;
        try
        {
            result = await new ReconcileRun(bench, order).RunAsync(cancellationToken);
        }
        catch (NoSuchRepositoryException e)
        {
            // One stray answer must not make the index forget what nothing else remembers.
            if (await registry.ExistsAsync(order.Repository, cancellationToken))
                throw new ContradictoryAnswerException(order.Repository, e);

            var drift = await ForgetAllAsync(bench, cancellationToken);
            result = new ReconcileResult { Outcome = Outcome.Gone, Why = $"there is no repository {order.Repository}", Drift = drift };
        }

        return result with
        {
            Repository = order.Repository,
            DryRun = ordered.DryRun,
            RowsWritten = invocation.Counters.RowsWritten,
            OverridesMalformed = invocation.Counters.HasMalformedOverrides,
            DeferredOverADay = invocation.Counters.IsLongDeferred,
        };
    }

    // One of the same name inherits nothing: no row, no mark, and no tombstone that would tell of what was deleted with the repository.
    static async Task<Drift> ForgetAllAsync(RunContext bench, CancellationToken cancellationToken)
    {
        var state = (await bench.Index.ReadAsync(bench.Repository, [], tag: null, cancellationToken)).State;
        var contents = await bench.Index.ReadAllAsync(bench.Repository, cancellationToken);
        await RunContext.InParallelAsync(contents.Rows.Values, row => bench.Index.TryRemoveAsync(bench.Repository, row.Digest, row.Revision, cancellationToken));
        await RunContext.InParallelAsync(contents.ProtectingTags.Values, b => bench.Index.TryRemoveProtectingTagAsync(bench.Repository, b.Tag, b.Revision, cancellationToken));
        if (state is not null && state != new RepositoryState { Revision = state.Revision })
            await bench.Index.TryWriteStateAsync(bench.Repository, new RepositoryState { Revision = state.Revision }, cancellationToken);
        await bench.Index.RemoveRepositoryAsync(bench.Repository, cancellationToken);
        return Drift.None with { Phantom = contents.Rows.Values.Count(row => row.PushedAt is not null) };
    }
}
