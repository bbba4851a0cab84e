using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Pruning;
using PushPruner.Tests.Given;
using static PushPruner.Tests.Given.HaltedScenario;

namespace PushPruner.Tests.Pruning;

/// <summary>An approval holds for the policy that the halted run showed.</summary>
public class ApprovalsOfAPolicyTests
{
    [Fact]
    public async Task An_approval_under_another_policy_is_refused_and_the_new_command_covers_what_that_policy_expires()
    {
        var scenario = await HaltedAsync();
        var before = PolicyHash.Of(scenario.Settings.Policy);
        EightOfTenAreDeletedByHand(scenario);
        scenario.Settings = scenario.Settings with { Policy = scenario.Settings.Policy with { KeepFor = TimeSpan.FromDays(10) } };

        var approved = await scenario.ApproveAsync();

        approved.ShouldSatisfyAllConditions(
            a => a.Outcome.ShouldBe(Outcome.Halted),
            a => a.ExpiredCount.ShouldBe(10),
            a => a.DeletedCount.ShouldBe(0),
            a => a.Done.ShouldBeTrue());
        var now = PolicyHash.Of(scenario.Settings.Policy);
        approved.Why.ShouldBe(
            $"policy {before} was approved, but policy {now} is in force, by which 10 images would be deleted. Review them; to approve, "
                + $"run: "
            + $"reconcile team/app with maxDeletes 10, asOf 2026-06-01T12:00:00Z and policy {now}");
        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
        (await scenario.ApproveAsync()).DeletedCount.ShouldBe(10);
        scenario.Images.ShouldBe(["y8", "y9"]);
    }

    [Fact]
    public async Task An_override_of_the_repository_is_part_of_the_approved_policy()
    {
        var scenario = await HaltedAsync();
        EightOfTenAreDeletedByHand(scenario);
        scenario.ResourceTag("pushpruner:keep-days", "10");

        (await scenario.ApproveAsync()).Outcome.ShouldBe(Outcome.Halted);
        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
    }

    [Fact]
    public async Task Numbers_of_the_request_are_part_of_the_approved_policy()
    {
        var scenario = await HaltedAsync();
        var approval = scenario.Approval;

        (await scenario.ReconcileAsync(approval with { KeepNewest = 1 })).Outcome.ShouldBe(Outcome.Halted);
        (await scenario.ReconcileAsync(approval with { KeepNewest = 2 })).DeletedCount.ShouldBe(
            10, "it is what the policy says anyway");
    }

    [Fact]
    public async Task A_policy_that_changes_during_the_run_stops_it()
    {
        var scenario = new PushScenario(FiveDeletes with { MaxDeletes = 100 });
        scenario.HasImages(250, daysOld: 40);
        (await scenario.ReconcileAsync()).Outcome.ShouldBe(Outcome.Halted);
        var approvedPolicy = scenario.ToApprove!.PolicyHash;
        var reads = 0;
        scenario.Ecr.Faults.OnCall(call =>
        {
            // The second batch meets another policy. The third one would meet the approved policy again.
            if (call.Operation == "ListTagsForResource")
                scenario.ResourceTag("pushpruner:keep-newest", ++reads == 2 ? "1" : "2");
            scenario.Clock.Advance(TimeSpan.FromMilliseconds(400));
            return null;
        });

        var stopped = await scenario.ApproveAsync();

        stopped.ShouldSatisfyAllConditions(
            s => s.Outcome.ShouldBe(Outcome.Halted),
            s => s.Done.ShouldBeTrue(),
            s => s.DeletedCount.ShouldBe(100),
            s => s.Why.ShouldBe(
                $"policy {approvedPolicy} was approved, but policy {PolicyHash.Of(scenario.Settings.Policy with { KeepNewest = 1 })} "
                    + "is in force since the run began: "
                    + "nothing more is deleted. A dry run shows what is expired now"));
        scenario.Images.Count.ShouldBe(150);
    }

    [Fact]
    public async Task The_command_of_a_push_names_the_policy_of_its_repository()
    {
        var scenario = new PushScenario(FiveDeletes);
        HasTenOldAndTenYoung(scenario);
        scenario.ResourceTag("pushpruner:keep-newest", "1");

        await scenario.PushAsync("new");

        scenario.ToApprove.ShouldBe(
            new ApprovalTerms(PushScenario.App, 6, PushScenario.Noon, PolicyHash.Of(scenario.Settings.Policy with { KeepNewest = 1 })));
    }

    // o0 to o9, 60 days old, and y0 to y9, 20 days old: an hour apart: by N = 2 and X = 30 the old ones are expired.
}
