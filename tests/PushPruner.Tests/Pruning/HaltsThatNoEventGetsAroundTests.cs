using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>More images are expired than MAX_DELETES: whatever event comes, nothing is deleted until somebody approves it.</summary>
public class HaltsThatNoEventGetsAroundTests
{
    static readonly Settings AtMostFive = new()
    {
        Policy = new RetentionPolicy { KeepNewest = 1, KeepFor = TimeSpan.FromDays(30) },
        MaxDeletes = 5,
    };

    readonly PushScenario scenario = new(AtMostFive);

    [Fact]
    public async Task Signatures_of_expired_images_delete_none_of_them()
    {
        scenario.HasImages(21, daysOld: 80);
        await scenario.KnowsTheRepositoryAsync();
        (await scenario.PushAsync("new")).Outcome.ShouldBe(Outcome.Halted);

        for (var n = 1; n <= 18; n++)
        {
            var oldest = ManifestFactory.Image($"old-{n}", 1_000);
            var result = await scenario.HandleAsync(scenario.Ecr.PutImage(
                ManifestFactory.CosignSignature(oldest).Put(PushScenario.App, oldest.CosignTag("sig"))).Event!);
            (result.Outcome, result.DeletedCount).ShouldBe((Outcome.Halted, 0), $"after {n} signatures");
        }

        scenario.Images.Count(tag => tag.StartsWith("old-", StringComparison.Ordinal)).ShouldBe(21);
    }

    [Fact]
    public async Task Retagging_a_platform_of_an_expired_release_deletes_no_other()
    {
        var release = Release.Of("1.0");
        release.IsIn(scenario.Ecr, 120);
        scenario.HasImages(5, daysOld: 80);
        scenario.HasImage("young", 1);
        await scenario.KnowsTheRepositoryAsync();

        var result = await scenario.HandleAsync(scenario.Ecr.PutImage(release.Members[0].Put(PushScenario.App, "again")).Event!);

        (result.Outcome, result.DeletedCount).ShouldBe((Outcome.Halted, 0));
    }

    [Fact]
    public async Task What_events_put_in_doubt_leaves_no_few_that_a_push_may_delete()
    {
        scenario.HasImages(8, daysOld: 80);
        await scenario.KnowsTheRepositoryAsync();
        (await scenario.PushAsync("new")).Outcome.ShouldBe(Outcome.Halted);
        for (var n = 1; n <= 4; n++)
        {
            // Signatures of a type that nobody knows put their images in doubt, and out of the places of the index.
            var image = ManifestFactory.Image($"old-{n}", 1_000);
            scenario.Ecr.Seed(
                PushScenario.App,
                new SeededImage
                {
                    Digest = A.DigestOf(n).Value,
                    Tags = [image.CosignTag("sig")],
                    PushedAt = PushScenario.Noon.AddDays(-1),
                    MediaType = "application/x",
                });
            var evt = scenario.Pushed($"x{n}") with { Digest = A.DigestOf(n).Value, Tag = image.CosignTag("sig") };
            (await scenario.HandleAsync(evt)).DeletedCount.ShouldBe(0);
        }

        (await scenario.PushAsync("newer")).ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(Outcome.Halted), r => r.DeletedCount.ShouldBe(0));
    }

    [Fact]
    public async Task An_approval_ends_the_halt_and_pushes_prune_again()
    {
        scenario.HasImages(21, daysOld: 80);
        await scenario.KnowsTheRepositoryAsync();
        await scenario.PushAsync("new");
        (await scenario.ReconcileAsync()).Outcome.ShouldBe(Outcome.Halted);

        (await scenario.ApproveAsync()).DeletedCount.ShouldBe(21);

        scenario.Clock.Advance(TimeSpan.FromDays(40));
        (await scenario.PushAsync("newer")).ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(Outcome.Pruned), r => r.DeletedCount.ShouldBe(1));
    }

    [Fact]
    public async Task A_reconcile_that_counts_few_enough_ends_the_halt_and_a_dry_run_does_not()
    {
        scenario.HasImages(7, daysOld: 80);
        scenario.HasImage("young", 1);
        await scenario.KnowsTheRepositoryAsync();
        (await scenario.PushAsync("new")).Outcome.ShouldBe(Outcome.Halted);
        for (var n = 1; n <= 4; n++)
            scenario.DeletedByHand($"old-{n}");

        await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = true });
        (await scenario.PushAsync("newer")).Outcome.ShouldBe(Outcome.Halted);
        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(3);
        scenario.Clock.Advance(TimeSpan.FromDays(40));
        (await scenario.PushAsync("newest")).Outcome.ShouldBe(Outcome.Pruned);
    }

    [Fact]
    public async Task Another_limit_or_another_policy_ends_the_halt()
    {
        scenario.HasImages(7, daysOld: 80);
        scenario.HasImage("young", 1);
        await scenario.KnowsTheRepositoryAsync();
        (await scenario.PushAsync("new")).Outcome.ShouldBe(Outcome.Halted);

        scenario.Settings = AtMostFive with { MaxDeletes = 10 };

        (await scenario.PushAsync("newer")).DeletedCount.ShouldBe(7);
    }
}
