using System.Collections.Frozen;
using PushPruner.Cli.Plan.InUse;

namespace PushPruner.Cli.Plan;

/// <summary>Plans one repository after the other, and tells of each before the next is looked at.</summary>
sealed class PlanRun(SnapshotRun seen, IPlanReport report, Usage? usage, bool countLayers)
{
    readonly List<PlanRow> rows = [];
    LayerCount? layerCount;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            return await PlanAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            report.Stop();
            throw;
        }
    }

    async Task<int> PlanAsync(CancellationToken stop)
    {
        report.Begin(seen);
        if (countLayers)
            layerCount = await LayerCount.BeginAsync(seen, stop);
        await foreach (var snapshot in seen.Surveys.WithCancellation(stop))
            rows.Add(snapshot.Snapshot is { } found ? await PlanAsync(found, stop) : Failed(snapshot));

        stop.ThrowIfCancellationRequested();
        var summary = new PlanSummary(rows, usage, countLayers, layerCount?.Total);
        report.End(summary);
        return summary.Failed > 0 ? ExitCode.SomethingFailed : usage?.Held.Count > 0 ? ExitCode.HeldBack : ExitCode.Done;
    }

    async Task<PlanRow> PlanAsync(RepositorySnapshot snapshot, CancellationToken stop)
    {
        var (_, layers, error) = layerCount is null ? (null, null, null) : await layerCount.AddAsync(snapshot, stop);
        var other = OtherRule.For(snapshot);
        var totals = PlanTotals.Of(snapshot, other);
        var used = usage?.Look(snapshot, seen.Source.Place) ?? FrozenDictionary<Digest, UsedImage>.Empty;
        report.Planned(new RepositoryPlan(snapshot, totals, other, layers, used), stop);
        return new PlanRow(snapshot.Repository)
        {
            Totals = totals,
            IsHalted = totals.Expired > seen.MaxDeletes,
            Doubts = snapshot.Verdicts
                .Where(v => v.IsDoubt)
                .CountBy(v => v.Reason)
                .ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal),
            Layers = layers,
            Error = error,
            Notes = [.. Notes(snapshot)],
            Hint = LayerCaches.Hint(snapshot),
        };
    }

    PlanRow Failed(SnapshotReport snapshot)
    {
        layerCount?.Skip();
        var row = new PlanRow(snapshot.Repository) { Error = snapshot.Error };
        report.Failed(row);
        return row;
    }

    IEnumerable<string> Notes(RepositorySnapshot snapshot)
    {
        if (snapshot.KeepsEverything is { } why)
            yield return $"{snapshot.Repository} keeps everything: {why}.";
        else if (snapshot.Policy != seen.Policy)
            yield return $"{snapshot.Repository} has resource tags of its own. {TextFormat.Sentence(snapshot.Policy)}";
    }
}
