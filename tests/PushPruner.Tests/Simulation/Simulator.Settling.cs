using PushPruner.Jobs;
using PushPruner.Listing;
using PushPruner.LocalAws;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

// How a history ends: what the rule keeps is left, and nothing else.
sealed partial class Simulator
{
    /// <summary>Everything arrives, X passes, and CI pushes on: then only what the rule keeps may be left.</summary>
    /// <param name="isIndexLost">Whether the index is lost at last, so that the next push lists the repository.</param>
    public async Task SettleAsync(bool isIndexLost)
    {
        while (staged.Count > 0)
            PushStagedList(0);
        while (onTheirWay.Count > 0)
            await DeliverAsync(0);
        if (isIndexLost)
            scenario.IndexIsWiped();
        // A tag that ECR's reads showed late is taken for a promotion when it is seen first, and keeps its image for X once more.
        for (var round = hasLagged && !isIndexLost ? 0 : 1; round < 2; round++)
            await PushOnAsync();

        string[] kinds = [ContentKind.Image, ManifestMediaTypes.BuildCacheConfig, ManifestMediaTypes.HelmConfig];
        var left = checker.Left(isListed: isIndexLost);
        var kept = checker.NewestAndProtected(kinds);
        if (!left.SetEquals(kept))
        {
            var odd = left.Except(kept, StringComparer.Ordinal).ToList();
            var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Values
                .Where(r => odd.Exists(name => name.EndsWith($"@{r.Digest.Value[7..13]}", StringComparison.Ordinal)));
            checker.Violations.Add(
                $"L1: left are {string.Join(' ', left)}, and the rule keeps {string.Join(' ', kept)}; "
                + $"the index has {string.Join("; ", rows)}");
        }
    }

    async Task PushOnAsync()
    {
        scenario.Clock.Advance(policy.KeepFor + TimeSpan.FromDays(2));
        for (var n = 0; n < policy.KeepNewest; n++)
        {
            scenario.Clock.Advance(TimeSpan.FromMinutes(1));
            Push($"last-{n}");
            PushCache();
            PushChart($"last-chart-{n}");
            while (onTheirWay.Count > 0)
                await DeliverAsync(0);
        }
    }

    /// <summary>
    /// No event arrives any more, X passes, and the reconcile comes by: then only what the rule keeps may be left, and nothing is to be
    /// done. What it learns of late, as of then, keeps an image for X once more.
    /// </summary>
    public async Task SettleByReconcileAsync()
    {
        onTheirWay.Clear();
        for (var n = 0; n < 2; n++)
        {
            scenario.Clock.Advance(policy.KeepFor + TimeSpan.FromDays(2));
            await ReconcileAsync();
        }

        // An archived referrer outlives its subject: only the listing after that delete notes for whom it is kept.
        if (scenario.Ecr.Images(PushScenario.App).Any(i => i.Status != "ACTIVE" && relations.IsReferrer(i)))
            await ReconcileAsync();

        var left = checker.Left(isListed: true);
        if (!left.IsSubsetOf(checker.KeptAtMost()))
            checker.Violations.Add($"L2: left are {string.Join(' ', left)}, and the rule keeps {string.Join(' ', checker.KeptAtMost())}");

        scenario.ClearCounters();
        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows;
        scenario.Index.Clear();
        var again = await scenario.ReconcileAsync();
        var writes = scenario.Index.Calls.Where(c => c is not ("read" or "read all" or "find tombstones")).ToList();
        if (again.Drift != Drift.None || writes.Count > 0 || again.Outcome != Outcome.NothingExpired)
        {
            var written = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Values.Except(rows.Values);
            checker.Violations.Add(
                $"L2: another reconcile says {again.Outcome}, {again.Drift}, and calls the index for {string.Join(", ", writes)}; "
                    + $"it writes {string.Join("; ", written)}");
        }
    }
}
