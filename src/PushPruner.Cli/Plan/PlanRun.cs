using System.Collections.Frozen;
using PushPruner.Cli.Plan.InUse;
using PushPruner.Cli.Plan.Layers;
using PushPruner.Cli.Surveys;
using PushPruner.Jobs;

namespace PushPruner.Cli.Plan;

/// <summary>Plans one repository after the other, and tells of each before the next is looked at.</summary>
sealed class PlanRun(Sighting seen, IPlanReport report, Usage? usage, bool countLayers)
{
    readonly List<PlanRow> rows = [];

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
        if (countLayers && seen.Source.IsReadingAPull)
            seen.Progress.Say("Every manifest is read for its layers. ECR records that as a pull of each, which lifecycle rules and KEEP_PULLED_DAYS go by.");
        await foreach (var survey in seen.Surveys.WithCancellation(stop))
            rows.Add(survey.Survey is { } found ? await PlanAsync(found, stop) : Failed(survey));

        stop.ThrowIfCancellationRequested();
        var summary = new PlanSummary(rows, usage, countLayers);
        report.End(summary);
        return summary.Failed > 0 ? ExitCode.SomethingFailed : usage?.Held.Count > 0 ? ExitCode.HeldBack : ExitCode.Done;
    }

    async Task<PlanRow> PlanAsync(Survey survey, CancellationToken stop)
    {
        var (layers, error) = countLayers ? await CountAsync(survey, stop) : (null, null);
        var other = OtherRule.For(survey);
        var totals = PlanTotals.Of(survey, other);
        var used = usage?.Look(survey, seen.Source.Place) ?? FrozenDictionary<Digest, UsedImage>.Empty;
        report.Planned(new RepositoryPlan(survey, totals, other, layers, used), stop);
        return new PlanRow(survey.Repository)
        {
            Totals = totals,
            Layers = layers is { IsUnknown: true } ? null : layers,
            Error = error,
            Notes = [.. Notes(survey)],
            Hint = LayerCaches.Hint(survey),
        };
    }

    PlanRow Failed(SurveyReport survey)
    {
        var row = new PlanRow(survey.Repository) { Error = survey.Error };
        report.Failed(row);
        return row;
    }

    async Task<(LayerSums? Sums, string? Error)> CountAsync(Survey survey, CancellationToken stop)
    {
        try
        {
            var registry = await seen.Source.RegistryOfAsync(survey.Repository, stop);
            return (await LayerReading.CountAsync(registry, survey, seen.Progress, stop), null);
        }
        catch (Exception e) when (Trouble.IsOfAws(e) && !stop.IsCancellationRequested)
        {
            var error = $"its manifests can't be read: {Trouble.Told(e)}";
            seen.Progress.Say($"{survey.Repository}: {error}");
            return (null, error);
        }
    }

    IEnumerable<string> Notes(Survey survey)
    {
        if (survey.KeepsEverything is { } why)
            yield return $"{survey.Repository} keeps everything: {why}.";
        else if (survey.Policy != seen.Policy)
            yield return $"{survey.Repository} has resource tags of its own. {Words.Sentence(survey.Policy)}";
    }
}
