using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using PushPruner.Cli.Registries;
using PushPruner.Jobs;

namespace PushPruner.Cli.Reconcile;

/// <summary>
/// Plans repositories and carries the plans out. Both on one index: ECR counts what the plan reads as a pull, and only the index remembers
/// that it was no use.
/// </summary>
sealed class RepositoryWork(
    RepositorySelection selection,
    AwsAccess aws,
    ReconcileArguments arguments,
    TimeProvider clock,
    ILogger logger,
    Invocation invocation)
{
    // As often as the state machine calls the function for one repository.
    const int MaxRuns = 20;

    readonly Dictionary<string, IManifestIndex> indexes = new(StringComparer.Ordinal);

    public async Task<RepositoryReport> PlanAsync(string repository, Progress progress)
    {
        var index = aws.OpenIndex();
        var report = await TryAsync(repository, progress, async () =>
        {
            var result = await RunAsync(index, arguments.RequestFor(repository) with { DryRun = true }, logger, progress);
            if (arguments.Repositories.Count > 0 && result.Outcome == Outcome.Gone)
                throw new NoSuchRepositoryException(repository);

            // What only plans needs no digests: of a registry they would take more than all the rest.
            return arguments.Settings.DryRun && result.Plan is { } found
                ? result with { Plan = found with { Digests = FrozenSet<Digest>.Empty } }
                : result;
        });
        if (report.IsDue && !arguments.Settings.DryRun)
            indexes[repository] = index;
        return report;
    }

    /// <summary>Deletes only what the plan showed. Nobody agreed to what has expired since.</summary>
    public Task<RepositoryReport> DeleteAsync(RepositoryReport plan, Progress progress)
    {
        var repository = plan.Repository;
        indexes.Remove(repository, out var index);
        var planned = arguments.RequestFor(repository, plan.Result!.Plan!, plan.Result.ExpiredCount);
        return TryAsync(repository, progress, async () =>
        {
            ReconcileResult? total = null;
            for (var run = 1; ; run++)
            {
                var result = await RunAsync(index ?? aws.OpenIndex(), planned, NullLogger.Instance, progress);
                if (result.Outcome == Outcome.Halted)
                    throw new InvalidOperationException(result.Why);

                total = total is null ? result : Sum(total, result);
                var isStuck = result.DeletedCount == 0 && result.RowsWritten == 0;
                if (result.Done || isStuck || run == MaxRuns || invocation.Stop.IsCancellationRequested)
                    return total;
            }
        });
    }

    // Not cancelled but told to stop: it ends with its books in order.
    async Task<ReconcileResult> RunAsync(IManifestIndex index, ReconcileRequest request, ILogger logger, Progress progress)
    {
        var registry = await selection.RegistryOfAsync(request.Repository);
        var job = new ReconcileJob(registry, index, arguments.Settings, clock, logger, progress);
        var result = await job.RunAsync(request, invocation with { Counters = new RunCounters() }, CancellationToken.None);
        progress.EndRun(result.DeletedCount);
        return result;
    }

    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "One repository's failure, whatever it is, never stops the others.")]
    static async Task<RepositoryReport> TryAsync(string repository, Progress progress, Func<Task<ReconcileResult>> runAsync)
    {
        try
        {
            return new RepositoryReport(repository) { Result = await runAsync() };
        }
        catch (Exception e)
        {
            return new RepositoryReport(repository)
            {
                Error = ErrorText.Describe(e),
                Result =
                    progress.DeletedByNow == 0
                        ? null
                        : new ReconcileResult
                        {
                            Repository = repository, Outcome = Outcome.Pruned, DeletedCount = progress.DeletedByNow, Done = false,
                        },
            };
        }
    }

    // What the first run saw, what all of them did, and how the last one ended.
    static ReconcileResult Sum(ReconcileResult earlier, ReconcileResult later) => earlier with
    {
        Outcome = later.Outcome == Outcome.NothingExpired ? earlier.Outcome : later.Outcome,
        Why = later.Why,
        Done = later.Done,
        Kept = later.Kept,
        Deleted = [.. earlier.Deleted.Concat(later.Deleted).Take(PruneResult.MaxListed)],
        DeletedCount = earlier.DeletedCount + later.DeletedCount,
        Bytes = earlier.Bytes + later.Bytes,
        Failed = later.Failed,
        FailedCount = later.FailedCount,
        DoubtCount = later.DoubtCount,
        NotApprovedCount = later.NotApprovedCount,
    };
}
