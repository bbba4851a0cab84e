using CsCheck;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Metamorphic;

/// <summary>S6: a dry run changes nothing in ECR, and lists exactly what the real run right after it deletes.</summary>
public class DryRunsTests
{
    static readonly string[] Mutating = ["BatchDeleteImage", "PutImage", "UpdateImageStorageClass", "TagResource"];

    static readonly Settings Settings = new()
    {
        Policy = new RetentionPolicy
        {
            KeepNewest = 2, KeepFor = TimeSpan.FromDays(10), ProtectTags = WildcardSet.Of("prod-*"), KeepPulledFor = TimeSpan.FromDays(3),
        },
        MaxDeletes = 12,
    };

    [Theory]
    [InlineData(PairDelete.TagOnly)]
    [InlineData(PairDelete.WholeImage)]
    public Task Of_a_push(PairDelete pairDelete) => CompareAsync(pairDelete, async scenario =>
    {
        var evt = scenario.Pushed("new", "new");
        return () => scenario.HandleAsync(evt);
    });

    [Theory]
    [InlineData(PairDelete.TagOnly)]
    [InlineData(PairDelete.WholeImage)]
    public Task Of_a_reconcile(PairDelete pairDelete) =>
        CompareAsync(pairDelete, async scenario => async () => await scenario.ReconcileAsync());

    static async Task CompareAsync(PairDelete pairDelete, Func<PushScenario, Task<Func<Task<PruneResult>>>> prepareAsync)
    {
        var outcomes = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await Gen.Select(Populations.SomeRepository, Gen.Bool, Gen.Int[0, 1_000]).SampleAsync(async (images, isKnown, lost) =>
        {
            var scenario = new PushScenario(Settings, new LocalRegistryOptions { PairDelete = pairDelete });
            Populations.Fill(scenario, images);
            if (isKnown)
                await scenario.KnowsTheRepositoryAsync();
            // What the index hasn't heard of.
            if (scenario.Ecr.Images(PushScenario.App) is { Count: > 0 } there && lost % 3 == 0)
                scenario.Ecr.Expire(PushScenario.App, there[lost % there.Count].Digest);
            var runAsync = await prepareAsync(scenario);
            var before = Digests(scenario);
            scenario.ClearCounters();

            scenario.Settings = Settings with { DryRun = true };
            var dry = await runAsync();
            Mutating.Sum(operation => scenario.Ecr.Calls.Count(operation)).ShouldBe(0);
            Digests(scenario).ShouldBe(before);

            scenario.Settings = Settings;
            var real = await runAsync();

                    before.Except(Digests(scenario), StringComparer.Ordinal).ShouldBe(dry.Deleted, ignoreOrder: true);
                    real.Deleted.ShouldBe(dry.Deleted, ignoreOrder: true);
                    real.Expired.Select(Line).ShouldBe(dry.Expired.Select(Line), ignoreOrder: true);
                    (real.ExpiredCount, real.DeletedCount, real.FailedCount, real.Bytes).ShouldBe(
                        (dry.ExpiredCount, dry.DeletedCount, 0, dry.Bytes));
                    dry.Outcome.ShouldBe(real.Outcome == Outcome.Pruned ? Outcome.DryRun : real.Outcome);
                    outcomes.AddOrUpdate(real.Outcome, 1, (_, n) => n + 1);
                },
                iter: 500);

        outcomes.GetValueOrDefault(Outcome.Pruned).ShouldBeGreaterThan(50);
        outcomes.GetValueOrDefault(Outcome.Halted).ShouldBeGreaterThan(5);
    }

    // Between the two runs no time passes.
    static string Line(ExpiredImage image) =>
        $"{image.Digest} {string.Join('+', image.Tags)} {image.PushedAt:o} {image.Bytes} {image.Reason}";

    static List<string> Digests(PushScenario scenario) => [.. scenario.Ecr.Images(PushScenario.App).Select(i => i.Digest)];
}
