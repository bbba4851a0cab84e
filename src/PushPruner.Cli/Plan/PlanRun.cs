using System.Collections.Frozen;
using PushPruner.Cli.Plan.InUse;
using PushPruner.Cli.Layers;
using PushPruner.Cli.Surveys;
using PushPruner.Jobs;

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
        await foreach (var survey in seen.Surveys.WithCancellation(stop))
            rows.Add(survey.Survey is { } found ? await PlanAsync(found, stop) : Failed(survey));

        stop.ThrowIfCancellationRequested();
        var summary = new PlanSummary(rows, usage, countLayers, layerCount?.Total);
        report.End(summary);
        return summary.Failed > 0 ? ExitCode.SomethingFailed : usage?.Held.Count > 0 ? ExitCode.HeldBack : ExitCode.Done;
    }

    async Task<PlanRow> PlanAsync(RepositorySnapshot survey, CancellationToken stop)
    {
        var (_, layers, error) = layerCount is null ? (null, null, null) : await layerCount.AddAsync(survey, stop);
        var other = OtherRule.For(survey);
        var totals = PlanTotals.Of(survey, other);
        var used = usage?.Look(survey, seen.Source.Place) ?? FrozenDictionary<Digest, UsedImage>.Empty;
        report.Planned(new RepositoryPlan(survey, totals, other, layers, used), stop);
        return new PlanRow(survey.Repository)
        {
            Totals = totals,
            IsHalted = totals.Expired > seen.MaxDeletes,
            Doubts = survey.Verdicts.Where(v => v.IsDoubt).CountBy(v => v.Reason).ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal),
            Layers = layers,
            Error = error,
            Notes = [.. Notes(survey)],
            Hint = LayerCaches.Hint(survey),
        };
    }

    PlanRow Failed(SnapshotReport survey)
    {
        layerCount?.Skip();
        var row = new PlanRow(survey.Repository) { Error = survey.Error };
        report.Failed(row);
        return row;
    }

    IEnumerable<string> Notes(RepositorySnapshot survey)
    {
        if (survey.KeepsEverything is { } why)
            yield return $"{survey.Repository} keeps everything: {why}.";
        else if (survey.Policy != seen.Policy)
            yield return $"{survey.Repository} has resource tags of its own. {TextFormat.Sentence(survey.Policy)}";
    }
}
