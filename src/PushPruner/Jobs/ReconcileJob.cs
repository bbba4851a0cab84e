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
    public Task<ReconcileResult> RunAsync(ReconcileOrder order, Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(invocation);
        _ = (registry, index, settings, clock, logger, progress);
        throw new NotSupportedException();
    }
}
