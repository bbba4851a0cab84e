using System.Collections.Frozen;
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
    public async Task<ReconcileResult> RunAsync(ReconcileOrder order, Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(invocation);
        var ordered = order.ApplyTo(settings);
        var bench = new Workbench(order.Repository, registry, index, ordered, invocation, clock, logger, progress);
        ReconcileResult result;
        try
        {
            result = await new Reconciliation(bench, order).RunAsync(cancellationToken);
        }
        catch (NoSuchRepositoryException)
        {
            var drift = await ForgetAllAsync(bench, cancellationToken);
            result = new ReconcileResult { Outcome = Outcome.Gone, Why = $"there is no repository {order.Repository}", Drift = drift };
        }

        return result with { Repository = order.Repository, DryRun = ordered.DryRun };
    }

    // Of a repository that is gone nothing is left to remember: one of the same name inherits nothing.
    static async Task<Drift> ForgetAllAsync(Workbench bench, CancellationToken cancellationToken)
    {
        var repair = new IndexRepair(bench, bench.Settings.Policy, await bench.Index.ReadAllAsync(bench.Repository, cancellationToken));
        await repair.RunAsync(Recognition.Of(new Dictionary<Digest, Rules.Fact>(), bench.Now), [], cancellationToken);
        return repair.DriftWithout(FrozenSet<Digest>.Empty);
    }
}
