using Microsoft.Extensions.Logging;
using PushPruner.Listing;
using PushPruner.Pruning;
using PushPruner.Recording;

namespace PushPruner.Jobs;

/// <summary>
/// The safety net: lists one repository in full, sets the index right, and deletes what is expired by ECR's own word. It needs nothing
/// from the index but what only that remembers.
/// </summary>
public sealed class ReconcileJob(
    IRegistry registry, IManifestIndex index, Settings settings, TimeProvider clock, ILogger logger, IReconcileProgress? progress = null)
{
    /// <exception cref="ContestedRowException">Other runs kept writing the same row; a retry helps.</exception>
    /// <exception cref="ContradictoryAnswerException">
    /// ECR said that there is no such repository, and then that there is; a retry helps.
    /// </exception>
    /// <exception cref="NotVisibleYetException">
    /// ECR doesn't return yet what was pushed less than two minutes ago; a retry helps.
    /// </exception>
    public async Task<ReconcileResult> RunAsync(ReconcileRequest request, Invocation invocation, CancellationToken cancellationToken)
    {
        var ordered = request.ApplyTo(settings);
        var run = new RunContext(request.Repository, registry, index, ordered, invocation, clock, logger, progress);
        ReconcileResult result;
        try
        {
            result = await new ReconcileRun(run, request).RunAsync(cancellationToken);
        }
        catch (NoSuchRepositoryException e)
        {
            // One stray answer must not make the index forget what nothing else remembers.
            if (await registry.ExistsAsync(request.Repository, cancellationToken))
                throw new ContradictoryAnswerException(request.Repository, e);

            var drift = await ForgetAllAsync(run, cancellationToken);
            result = new ReconcileResult { Outcome = Outcome.Gone, Why = $"there is no repository {request.Repository}", Drift = drift };
        }

        return result with
        {
            Repository = request.Repository,
            DryRun = ordered.DryRun,
            RowsWritten = invocation.Counters.RowsWritten,
            OverridesMalformed = invocation.Counters.HasMalformedOverrides,
            DeferredOverADay = invocation.Counters.IsLongDeferred,
        };
    }

    // A new repository of the same name inherits nothing: no row, no mark, and no tombstone of what was deleted with the repository.
    static async Task<Drift> ForgetAllAsync(RunContext run, CancellationToken cancellationToken)
    {
        var state = await run.ReadStateAsync(cancellationToken);
        var contents = await run.Index.ReadAllAsync(run.Repository, cancellationToken);
        await RunContext.InParallelAsync(
            contents.Rows.Values, row => run.Index.TryRemoveAsync(run.Repository, row.Digest, row.Revision, cancellationToken));
        await RunContext.InParallelAsync(
            contents.ProtectingTags.Values,
            b => run.Index.TryRemoveProtectingTagAsync(run.Repository, b.Tag, b.Revision, cancellationToken));
        if (state is not null && state != new RepositoryState { Revision = state.Revision })
            await run.Index.TryWriteStateAsync(run.Repository, new RepositoryState { Revision = state.Revision }, cancellationToken);
        await run.Index.RemoveRepositoryAsync(run.Repository, cancellationToken);
        return Drift.None with { Phantom = contents.Rows.Values.Count(row => row.PushedAt is not null) };
    }
}
