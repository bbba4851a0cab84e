using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;
using static PushPruner.Tests.Given.HaltedScenario;

namespace PushPruner.Tests.Pruning;

/// <summary>A person runs the command that a halted run printed, some time later.</summary>
public class ApprovingAHaltedRunTests
{
    [Fact]
    public async Task What_was_shown_is_deleted()
    {
        var scenario = await HaltedAsync();
        scenario.Clock.Advance(TimeSpan.FromHours(1));

        var approved = await scenario.ApproveAsync();

        approved.ShouldSatisfyAllConditions(
            a => a.Outcome.ShouldBe(Outcome.Pruned),
            a => a.ExpiredCount.ShouldBe(10),
            a => a.DeletedCount.ShouldBe(10),
            a => a.NotApprovedCount.ShouldBe(0),
            a => a.Why.ShouldBeNull());
        scenario.Images.ShouldBe(Young);
    }

    [Fact]
    public async Task Images_that_expired_since_do_not_take_the_place_of_images_that_somebody_deleted()
    {
        var scenario = await HaltedAsync();
        EightOfTenAreDeletedByHand(scenario);
        scenario.Clock.Advance(TimeSpan.FromDays(20));

        var approved = await scenario.ApproveAsync();

        approved.ShouldSatisfyAllConditions(
            a => a.Outcome.ShouldBe(Outcome.Pruned),
            a => a.Expired.SelectMany(e => e.Tags).ShouldBe(["o0", "o1"]),
            a => a.ExpiredCount.ShouldBe(2),
            a => a.DeletedCount.ShouldBe(2),
            a => a.Kept.ShouldBe(10),
            a => a.NotApprovedCount.ShouldBe(8),
            a => a.Why.ShouldBe("8 images expired that this approval does not cover: kept"));
        scenario.Images.ShouldBe(Young);
    }

    [Fact]
    public async Task Images_that_newer_pushes_made_expire_are_not_covered()
    {
        var scenario = new PushScenario(FiveDeletes);
        HasTenOldAndTenYoung(scenario, young: 40);
        (await scenario.ReconcileAsync()).ExpiredCount.ShouldBe(18);
        scenario.Clock.Advance(TimeSpan.FromMinutes(1));
        scenario.HasImage("next-1", -1d / 1_440);
        scenario.HasImage("next-2", -1d / 1_440);
        scenario.DeletedByHand("o0");

        var approved = await scenario.ApproveAsync();

        (approved.ExpiredCount, approved.NotApprovedCount).ShouldBe((17, 2));
        scenario.Images.ShouldBe(["next-1", "next-2", "y8", "y9"]);
    }

    [Fact]
    public async Task Images_that_were_not_proven_when_the_run_halted_do_not_count_when_it_is_approved()
    {
        // At the approved instant the untagged one was half an hour old: it took no place, so y8 and y9 were the newest two.
        var scenario = new PushScenario(FiveDeletes);
        HasTenOldAndTenYoung(scenario, young: 40);
        scenario.HasImage("untagged", 0.5 / 24, i => i with { Tags = [] });
        (await scenario.ReconcileAsync()).Outcome.ShouldBe(Outcome.Halted);
        scenario.DeletedByHand("o0");
        scenario.Clock.Advance(TimeSpan.FromHours(2));

        (await scenario.ApproveAsync()).NotApprovedCount.ShouldBe(1);
        scenario.Images.ShouldContain("y8");
    }

    [Fact]
    public async Task An_image_that_was_pushed_again_since_is_not_covered_even_if_the_policy_keeps_no_image_for_its_age()
    {
        var scenario = new PushScenario(FiveDeletes with { Policy = new RetentionPolicy { KeepNewest = 2, KeepFor = TimeSpan.Zero } });
        HasTenOldAndTenYoung(scenario);
        (await scenario.ReconcileAsync()).ExpiredCount.ShouldBe(18);
        scenario.DeletedByHand("o0");
        scenario.Clock.Advance(TimeSpan.FromMinutes(1));
        scenario.Ecr.PutImage(ManifestFactory.Image("o0", 1_000).Put(PushScenario.App, "o0"));
        scenario.HasImage("next-1", -2d / 1_440);
        scenario.HasImage("next-2", -2d / 1_440);
        scenario.Clock.Advance(TimeSpan.FromMinutes(5));

        await scenario.ApproveAsync();

        scenario.Images.ShouldBe(["next-1", "next-2", "o0", "y8", "y9"]);
    }

    [Fact]
    public async Task An_image_that_is_pushed_again_right_before_its_delete_is_not_covered()
    {
        var scenario = new PushScenario(FiveDeletes with { Policy = new RetentionPolicy { KeepNewest = 2, KeepFor = TimeSpan.Zero } });
        HasTenOldAndTenYoung(scenario);
        (await scenario.ReconcileAsync()).ExpiredCount.ShouldBe(18);
        // ECR's clock is ahead, so these two still outrank the image that is pushed again.
        scenario.HasImage("next-1", -0.5);
        scenario.HasImage("next-2", -0.5);
        scenario.Clock.Advance(TimeSpan.FromMinutes(1));
        var reads = 0;
        scenario.Ecr.Faults.OnCall(call =>
        {
            // The listing is the first.
            if (call.Operation != "DescribeImages" || ++reads != 2)
                return null;

            scenario.DeletedByHand("o0");
            scenario.Ecr.PutImage(ManifestFactory.Image("o0", 1_000).Put(PushScenario.App, "o0"));
            scenario.Clock.Advance(TimeSpan.FromSeconds(1));
            return null;
        });

        await scenario.ApproveAsync();

        scenario.Images.ShouldContain("o0");
    }

    [Fact]
    public async Task MAX_DELETES_limits_what_is_covered_alone()
    {
        var scenario = await HaltedAsync();
        scenario.Clock.Advance(TimeSpan.FromDays(20));
        scenario.HasImage("next-1", -19);
        scenario.HasImage("next-2", -19);

        var approved = await scenario.ApproveAsync();

        (approved.DeletedCount, approved.NotApprovedCount).ShouldBe((10, 10));
        (await scenario.ReconcileAsync()).ExpiredCount.ShouldBe(10);
    }

    [Fact]
    public async Task More_covered_than_the_number_halts_again_with_all_that_is_expired_now()
    {
        var scenario = await HaltedAsync();
        var terms = scenario.ToApprove!;
        scenario.Clock.Advance(TimeSpan.FromDays(20));

        var halted = await scenario.ReconcileAsync(scenario.Approval with { MaxDeletes = 9 });

        (halted.Outcome, halted.ExpiredCount, halted.DeletedCount).ShouldBe((Outcome.Halted, 18, 0));
        scenario.ToApprove.ShouldBe(terms with { Count = 18, AsOf = scenario.Clock.GetUtcNow() });
    }

    [Fact]
    public async Task A_dry_run_of_an_approval_lists_what_the_approved_run_deletes()
    {
        PushScenario[] worlds = [await HaltedAsync(), await HaltedAsync()];
        foreach (var scenario in worlds)
        {
            EightOfTenAreDeletedByHand(scenario);
            scenario.Clock.Advance(TimeSpan.FromDays(20));
        }

        var dry = await worlds[0].ReconcileAsync(worlds[0].Approval with { DryRun = true });
        var real = await worlds[1].ApproveAsync();

        dry.Outcome.ShouldBe(Outcome.DryRun);
        dry.Deleted.ShouldBe(real.Deleted, ignoreOrder: true);
        (dry.ExpiredCount, dry.NotApprovedCount, dry.Kept).ShouldBe((real.ExpiredCount, real.NotApprovedCount, real.Kept));
    }

    [Fact]
    public async Task An_approval_finds_nothing_expired_when_all_that_was_shown_is_gone()
    {
        var scenario = await HaltedAsync();
        for (var n = 0; n < 10; n++)
            scenario.DeletedByHand($"o{n}");
        scenario.Clock.Advance(TimeSpan.FromDays(20));

        var approved = await scenario.ApproveAsync();

        (approved.Outcome, approved.ExpiredCount, approved.NotApprovedCount).ShouldBe((Outcome.NothingExpired, 0, 8));
        approved.Expired.ShouldBeEmpty();
        scenario.Images.ShouldBe(Young);
    }

    [Fact]
    public async Task An_approved_run_that_is_cut_short_continues_with_the_same_command()
    {
        var scenario = new PushScenario(FiveDeletes with { MaxDeletes = 100 });
        scenario.HasImages(250, daysOld: 40);
        (await scenario.ReconcileAsync()).Outcome.ShouldBe(Outcome.Halted);
        using var stop = new CancellationTokenSource();
        scenario.Meanwhile("BatchDeleteImage", stop.Cancel);

        var first = await scenario.ApproveAsync(stop.Token);
        var second = await scenario.ApproveAsync();

        (first.Done, first.DeletedCount).ShouldBe((false, 100));
        (second.Done, second.DeletedCount).ShouldBe((true, 148));
    }

    [Fact]
    public async Task The_command_of_a_push_leads_to_the_exact_number()
    {
        var scenario = new PushScenario(FiveDeletes);
        HasTenOldAndTenYoung(scenario);
        var push = await scenario.PushAsync("new");
        var atLeast = scenario.ToApprove!;

        var exact = await scenario.ApproveAsync();

        (push.Outcome, exact.Outcome).ShouldBe((Outcome.Halted, Outcome.Halted));
        (atLeast.Count, scenario.ToApprove!.Count).ShouldBe((6, 10));
        (await scenario.ApproveAsync()).DeletedCount.ShouldBe(10);
    }

    [Fact]
    public async Task The_instant_is_the_beginning_of_the_listing_and_what_expires_while_it_is_read_is_not_shown()
    {
        var scenario = new PushScenario(FiveDeletes);
        HasTenOldAndTenYoung(scenario);
        scenario.HasImage("soon", 30 - (1d / 1_440));
        scenario.Clock.Advance(TimeSpan.FromMilliseconds(1.5));
        var begun = scenario.Clock.GetUtcNow();
        scenario.Meanwhile("ListTagsForResource", () => scenario.Clock.Advance(TimeSpan.FromMinutes(5)));

        (await scenario.ReconcileAsync()).ExpiredCount.ShouldBe(10);

        scenario.ToApprove!.AsOf.ShouldBe(begun);
    }

    // o0 to o9, 60 days old, and y0 to y9, 20 days old: an hour apart: by N = 2 and X = 30 the old ones are expired.
}
