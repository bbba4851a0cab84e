using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>The command line shows a plan, a person agrees, and the run that follows may delete nothing else.</summary>
public class DeletingOnlyWhatWasShownTests
{
    [Fact]
    public async Task The_plan_of_a_dry_run_holds_every_manifest_that_the_real_run_deletes_not_the_first_hundred()
    {
        var scenario = NewWorld();
        scenario.HasImages(150, daysOld: 40);
        Release.Of("release").IsIn(scenario.Ecr, 50);

        var plan = (await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = true })).Plan.ShouldNotBeNull();

        var before = scenario.Ecr.Images(PushScenario.App).Select(i => i.Digest).ToHashSet();
        await scenario.ReconcileAsync();
        before.ExceptWith(scenario.Ecr.Images(PushScenario.App).Select(i => i.Digest));
        plan.Digests.Select(d => d.Value).ShouldBe(before, ignoreOrder: true);
        (plan.AsOf, plan.PolicyHash).ShouldBe((PushScenario.Noon, PolicyHash.Of(scenario.Settings.Policy)));
    }

    [Fact]
    public async Task Others_that_expired_do_not_take_the_place_of_what_is_gone()
    {
        var scenario = NewWorld();
        scenario.HasImages(3, daysOld: 40);
        scenario.HasImage("late", 29);
        var request = await PlannedAsync(scenario);
        scenario.DeletedByHand("old-1");
        scenario.Clock.Advance(TimeSpan.FromDays(5));

        var result = await scenario.ReconcileAsync(request with { AsOf = null });

        (result.DeletedCount, result.NotApprovedCount).ShouldBe((2, 1));
        scenario.Images.ShouldBe(["late", "newest"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_signature_that_nobody_was_shown_is_kept(bool dryRun)
    {
        var scenario = NewWorld();
        var image = scenario.HasImage("old", 40);
        var request = await PlannedAsync(scenario);
        scenario.Ecr.PutImage(ManifestFactory.Image("signature", 10).Put(PushScenario.App, $"sha256-{image.Hex}.sig"));

        (await scenario.ReconcileAsync(request with { DryRun = dryRun })).Deleted.ShouldBe([image.Value]);
        scenario.Images.Count.ShouldBe(dryRun ? 3 : 2);
    }

    [Fact]
    public async Task A_signature_that_arrives_right_before_the_delete_is_kept()
    {
        var scenario = NewWorld();
        var image = scenario.HasImage("old", 40);
        var request = await PlannedAsync(scenario);
        var signature = ManifestFactory.Referrer(ManifestFactory.Image("old", 1_000), "late signature");
        scenario.Meanwhile("ListTagsForResource", () => scenario.Ecr.PutImage(signature.Put(PushScenario.App)));

        (await scenario.ReconcileAsync(request)).Deleted.ShouldBe([image.Value]);
    }

    static async Task<ReconcileRequest> PlannedAsync(PushScenario scenario)
    {
        var dry = await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = true });
        var plan = dry.Plan.ShouldNotBeNull();
        return new(PushScenario.App)
        {
            MaxDeletes = dry.ExpiredCount, AsOf = plan.AsOf, PolicyHash = plan.PolicyHash, Shown = plan.Digests,
        };
    }

    static PushScenario NewWorld()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        scenario.HasImage("newest", 1);
        return scenario;
    }
}
