using PushPruner.Jobs;
using PushPruner.Lambda.Requests;

namespace PushPruner.Lambda.Metering;

/// <summary>The numbers of a run, from its answer and from what it counted of itself.</summary>
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

        // The first listing of a repository finds it all, and nothing has drifted. Alarms reckon with several of these: they come together.
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

    /// <summary>What is so whether the run came to its end or not.</summary>
    public static void OfTally(MetricLine line)
    {
        var tally = line.Counters;
        line.Count(Metric.ImagesDeleted, tally.ImagesDeleted)
            .Count(Metric.ManifestsDeleted, tally.ManifestsDeleted)
            .Count(Metric.BytesFreed, tally.BytesFreed)
            .Count(Metric.Contradictions, tally.Contradictions)
            .Count(Metric.MalformedOverrides, tally.HasMalformedOverrides)
            .Count(Metric.DeferredOverADay, tally.IsLongDeferred)
            .Count(Metric.RepositoryManifests, tally.ManifestsListed ?? 0);
    }

    static MetricLine OfRun(MetricLine line, PruneResult result)
    {
        var isHalted = result.Outcome == Outcome.Halted;
        line.Say("outcome", result.Outcome)
            .Say("dryRun", result.DryRun ? "true" : "false")
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
            // A line has one value a dimension.
            _ => line.CountByCode(Metric.DeletesRefused, result.FailedCount, SeveralCodes)
                .Say("codes", string.Join(", ", codes.Select(c => $"{c.Key} {c.Value}"))),
        };
    }
}
