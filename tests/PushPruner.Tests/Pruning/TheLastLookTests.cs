using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>
/// What others left to a run is found by its last look, which is a look as any other: by the state as it is then, and within what a run may
/// delete.
/// </summary>
public class TheLastLookTests
{
    static readonly Settings TwoNewest = new() { Policy = new RetentionPolicy { KeepNewest = 2 } };

    [Fact]
    public async Task What_a_push_leaves_to_another_is_seen_by_that_one_s_last_look()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest, images: 4);
        ContentionScenario.PushBeforeTheTurnIsReturned(scenario, "b");

        var result = await scenario.PushAsync("a");

        (result.Outcome, result.DeletedCount).ShouldBe((Outcome.Pruned, 4));
        scenario.Images.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task What_was_deleted_is_reported_even_if_another_run_has_the_lease_at_the_last_look()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest, images: 4);
        ContentionScenario.PushBeforeTheTurnIsReturned(scenario, "b");
        scenario.Index.After = name =>
        {
            if (name != "return lease")
                return;

            scenario.Index.After = null;
            scenario.Index
                .TryTakeLeaseAsync(PushScenario.App, new Lease("another", scenario.Clock.GetUtcNow() + Lease.Longest), default)
                .GetAwaiter()
                .GetResult()
                .ShouldBeTrue();
        };

        var result = await scenario.PushAsync("a");

        (result.Outcome, result.DeletedCount, result.ExpiredCount).ShouldBe((Outcome.Pruned, 3, 3));
        result.Why.ShouldNotBeNull().ShouldContain("another push");
        scenario.Images.ShouldBe(["a", "b", "old-4"]);
    }

    [Fact]
    public async Task What_ECR_refuses_is_asked_for_once_a_run()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest, images: 8, registry => new Simulation.RefusingSome(registry));
        scenario.ClearCounters();

        var result = await scenario.PushAsync("new");

        result.FailedCount.ShouldBeGreaterThan(0, "or this test shows nothing");
        scenario.Index.Calls.Count(c => c == "take lease").ShouldBe(1);
    }

    [Fact]
    public async Task What_was_proposed_wrongly_and_is_due_by_the_other_push_is_seen_by_the_last_look()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest, images: 2);
        // The index takes c for one of the newest, so old-2 is proposed; without c it is one of them itself.
        await scenario.PushAsync("c");
        scenario.Images.ShouldBe(["c", "old-2"]);
        scenario.Clock.Advance(TimeSpan.FromMinutes(3));
        var a = scenario.Pushed("a");
        scenario.DeletedByHand("c");
        ContentionScenario.PushBeforeTheTurnIsReturned(scenario, "b");

        await scenario.HandleAsync(a);

        scenario.Images.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Two_looks_of_a_run_do_not_delete_more_than_MAX_DELETES()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest with { MaxDeletes = 3 }, images: 4);
        ContentionScenario.PushBeforeTheTurnIsReturned(scenario, "b");

        var result = await scenario.PushAsync("a");

        (result.Outcome, result.DeletedCount, result.ExpiredCount).ShouldBe((Outcome.Pruned, 3, 3));
        result.Why.ShouldNotBeNull().ShouldContain("the next push goes on");
        scenario.Images.ShouldBe(["a", "b", "old-4"]);

        (await scenario.PushAsync("c")).DeletedCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_last_look_that_finds_more_than_a_run_may_delete_is_halted_and_says_so()
    {
        var scenario = await ContentionScenario.InAsync(
            new Settings
            {
                MaxDeletes = 3, Policy = new RetentionPolicy { KeepNewest = 2, KeepFor = TimeSpan.Zero },
            },
            images: 4);
        ContentionScenario.PushBeforeTheTurnIsReturned(scenario, "b", "c", "d", "e", "f");

        var result = await scenario.PushAsync("a");

        (result.Outcome, result.DeletedCount).ShouldBe((Outcome.Halted, 3));
        result.Why.ShouldNotBeNull().ShouldContain("at least 4 images");
    }

    [Fact]
    public async Task What_ECR_refuses_at_both_looks_is_one_image()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest, images: 3, registry => new Simulation.RefusingSome(registry));
        ContentionScenario.PushBeforeTheTurnIsReturned(scenario, "b");

        var result = await scenario.PushAsync("a");

        (result.ExpiredCount, result.Expired.Count).ShouldBe((3, 3));
        result.FailedCount.ShouldBeGreaterThan(0, "or this test shows nothing");
    }

    [Fact]
    public async Task A_manifest_list_that_another_push_could_not_read_is_doubt_at_the_last_look()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest, images: 1);
        var untagged = scenario.HasImage("untagged", 35, image => image with { Tags = [] });
        await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = true });
        ContentionScenario.BeforeTheTurnIsReturned(scenario, () => NoteAsync().GetAwaiter().GetResult());

        (await scenario.PushAsync("a")).DeletedCount.ShouldBe(1);

        scenario.Images.ShouldBe(["a", "b", untagged.Value[..14]]);

        async Task NoteAsync()
        {
            (await scenario.PushAsync("b")).Why.ShouldNotBeNull().ShouldContain("another push");
            await ContentionScenario.NoteAsync(
                scenario,
                state => state with { Unreadable = new(Digest.Parse("sha256:" + new string('1', 64)), Until: null) }
            );
        }
    }
}
