using PushPruner.Jobs;
using PushPruner.Lambda.Requests;

namespace PushPruner.Lambda.Metering;

/// <summary>The metrics of a run, from its answer and its counters.</summary>
static class Measures
{
    const string SeveralCodes = "Several";

    public static void OfPush(MetricLine line, PruneResult result)
    {
        OfRun(line, result)
            .Count(Metric.PushesHandled)
            .Count(Metric.PushesPruned, result.Outcome == Outcome.Pruned)
            .Count(Metric.PushesDeferred, result.Outcome == Outcome.Deferred)
            .Count(Metric.PushesIgnored, result.Outcome == Outcome.Ignored)
            .Count(Metric.PushesInDoubt, result.DoubtCount > 0)
            .Count(Metric.Resyncs, result.Resynced);
        if (result.PushToPruneMs is { } time)
            line.Measure(Metric.PushToPrune, time);
    }

    /// <param name="run">Which run of the repository the state machine asked for; null if it did not ask.</param>
    public static void OfReconcile(MetricLine line, ReconcileResult result, int? run)
    {
        OfRun(line, result).Count(Metric.ReconcilesDone, result.Done).Count(Metric.ReconcilesUnfinished, !result.Done);
        if (result.Done)
            line.Count(Metric.DoubtfulManifests, result.DoubtCount).Count(Metric.LastingDoubts, result.LastingDoubtCount);
        line.Count(Metric.RepositoriesUnfinished, run is { } asked && RepeatedRuns.AreGivenUp(result, asked));

        // The first listing of a repository has no drift. Alarms compute with several of these, so all of them are written.
        if (result.Outcome != Outcome.Deferred && line.Counters is { EventCoverage: { } coverage, ManifestsListed: { } listed })
        {
            line.Measure(Metric.ManifestsReconciled, listed)
                .Measure(Metric.DriftMissing, result.Drift.Missing)
                .Measure(Metric.DriftPhantom, result.Drift.Phantom)
                .Measure(Metric.DriftStale, result.Drift.Stale)
                .Measure(Metric.PushesReceived, coverage.Received)
                .Measure(Metric.PushesMissed, coverage.Missed);
        }
    }

    /// <summary>The metrics that count even if the run failed.</summary>
    public static void OfCounters(MetricLine line)
    {
        var counters = line.Counters;
        line.Count(Metric.ImagesDeleted, counters.ImagesDeleted)
            .Count(Metric.ManifestsDeleted, counters.ManifestsDeleted)
            .Count(Metric.BytesFreed, counters.BytesFreed)
            .Count(Metric.Contradictions, counters.Contradictions)
            .Count(Metric.MalformedOverrides, counters.HasMalformedOverrides)
            .Count(Metric.DeferredOverADay, counters.IsLongDeferred)
            .Count(Metric.RepositoryManifests, counters.ManifestsListed ?? 0);
    }

    static MetricLine OfRun(MetricLine line, PruneResult result)
    {
        var isHalted = result.Outcome == Outcome.Halted;
        line.AddProperty("outcome", result.Outcome)
            .AddProperty("dryRun", result.DryRun ? "true" : "false")
            .Count(Metric.ImagesExpired, result.ExpiredCount)
            .Count(Metric.RunsHalted, isHalted && !result.DryRun)
            .Count(Metric.DryRunsHalted, isHalted && result.DryRun)
            .Count(Metric.BytesHeldBack, result.DryRun ? result.Bytes : 0)
            .Count(Metric.DeletesBlocked, result.Failed.Count(f => f.IsLasting));

        var codes = result.Failed.CountBy(f => f.Code, StringComparer.Ordinal).OrderBy(c => c.Key, StringComparer.Ordinal).ToList();
        return codes switch
        {
            [] => line,
            [var (code, _)] => line.CountByCode(Metric.DeletesRefused, result.FailedCount, code),
            // A line has one value per dimension.
            _ => line.CountByCode(Metric.DeletesRefused, result.FailedCount, SeveralCodes)
                .AddProperty("codes", string.Join(", ", codes.Select(c => $"{c.Key} {c.Value}"))),
        };
    }
}
