using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Jobs;
using PushPruner.Listing;

namespace PushPruner.Snapshots;

/// <summary>
/// Lists one repository in full and decides on it, as a reconcile does, and changes nothing: not the registry and not the index. ECR counts
/// the reading of an index as a pull all the same.
/// </summary>
public sealed class SnapshotJob(
    IRegistry registry, IManifestIndex index, Settings settings, TimeProvider clock, IReconcileProgress? progress = null)
{
    static readonly Invocation Untimed = new("survey", DateTimeOffset.MaxValue);

    /// <param name="cancellationToken">Ends it at once: there is nothing to clean up.</param>
    /// <exception cref="NoSuchRepositoryException">There is no such repository.</exception>
    public async Task<RepositorySnapshot> RunAsync(ReconcileRequest request, CancellationToken cancellationToken)
    {
        var run = new RunContext(
            request.Repository,
            registry,
            index,
            request.ApplyTo(settings),
            Untimed,
            clock,
            NullLogger.Instance,
            progress);
        var rows = (await index.ReadAllAsync(request.Repository, cancellationToken)).Rows;
        var sight = await new Resync(run, request).ListAndDecideAsync(rows, push: null, cancellationToken)
            ?? throw new InvalidOperationException("a snapshot has no deadline, and yet its time ran short");
        var policy = request.ApplyTo(settings.Policy, sight.Overrides.Value);
        return new RepositorySnapshot(
            request.Repository,
            run.Now,
            policy,
            sight.Overrides.Value,
            sight.Analysis.Manifests,
            sight.Verdicts,
            sight.Gone);
    }
}
