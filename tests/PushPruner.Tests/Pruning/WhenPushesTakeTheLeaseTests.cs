using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Pruning;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>Turns cost calls: they are taken only where pushes were seen to get in each other's way, and as long as that goes on.</summary>
public class WhenPushesTakeTheLeaseTests
{
    static readonly Settings TwoNewest = new() { Policy = new RetentionPolicy { KeepNewest = 2 } };

    [Fact]
    public async Task A_push_that_finds_gone_what_it_asks_for_makes_the_next_take_turns_for_a_day()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImages(4, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.DeletedByHand("old-1");
        await scenario.PushAsync("a");
        scenario.Index.Calls.ShouldNotContain("take lease");

        scenario.Clock.Advance(PruneLease.ContentionLasts - TimeSpan.FromTicks(1));
        (await scenario.PushAsync("b")).DeletedCount.ShouldBe(1);
        scenario.Index.Calls.ShouldContain("take lease");

        scenario.HasImage("old", 40);
        await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = true });
        scenario.ClearCounters();
        scenario.Clock.Advance(TimeSpan.FromTicks(1));
        (await scenario.PushAsync("c")).DeletedCount.ShouldBe(1);
        scenario.Index.Calls.ShouldNotContain("take lease");
    }

    [Fact]
    public async Task Pushes_that_never_met_take_no_turns()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImages(4, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();

        (await scenario.PushAsync("a")).DeletedCount.ShouldBe(3);
        (await scenario.PushAsync("b")).DeletedCount.ShouldBe(1);

        scenario.Index.Calls.ShouldNotContain("take lease");
        scenario.Index.Calls.ShouldNotContain("return lease");
        scenario.Index.Calls.ShouldNotContain("write state");
    }

    [Fact]
    public async Task Constant_contention_extends_the_lease_mode_without_a_gap()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest, images: 4);
        scenario.Clock.Advance(PruneLease.ContentionLasts / 2);
        await LeaveAsync("a");
        (await ContentionScenario.UntilAsync(scenario)).ShouldBe(PushScenario.Noon + PruneLease.ContentionLasts, "a half is left");

        scenario.Clock.Advance(TimeSpan.FromTicks(1));
        await LeaveAsync("b");

        (await ContentionScenario.UntilAsync(scenario)).ShouldBe(scenario.Clock.GetUtcNow() + PruneLease.ContentionLasts);

        async Task LeaveAsync(string tag)
        {
            var lease = new Lease("another", scenario.Clock.GetUtcNow() + Lease.Longest);
            (await scenario.Index.TryTakeLeaseAsync(PushScenario.App, lease, default)).ShouldBeTrue();
            (await scenario.PushAsync(tag)).DeletedCount.ShouldBe(0);
            await scenario.Index.ReturnLeaseAsync(PushScenario.App, lease, default);
        }
    }

    [Fact]
    public async Task A_reconcile_leaves_the_turns_as_they_are()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest, images: 4);

        await scenario.ReconcileAsync();

        (await ContentionScenario.UntilAsync(scenario)).ShouldBe(PushScenario.Noon + PruneLease.ContentionLasts);
    }

    [Fact]
    public async Task Contention_that_is_noted_while_a_reconcile_lists_stays_noted()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImages(2, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.ResourceTag("pushpruner:keep-days", "20");
        var until = PushScenario.Noon + PruneLease.ContentionLasts;
        scenario.Meanwhile("ListTagsForResource", () => NoteAsync().GetAwaiter().GetResult());

        await scenario.ReconcileAsync();

        var state = (await scenario.Index.ReadAsync(PushScenario.App, [], tag: null, default)).State.ShouldNotBeNull();
        (state.ContendedUntil, state.Overrides.KeepFor).ShouldBe((until, TimeSpan.FromDays(20)));

        async Task NoteAsync()
        {
            var before = (await scenario.Index.ReadAsync(PushScenario.App, [], tag: null, default)).State.ShouldNotBeNull();
            (await scenario.Index.TryWriteStateAsync(PushScenario.App, before with { ContendedUntil = until }, default)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_dry_run_makes_nobody_take_turns()
    {
        var scenario = new PushScenario(TwoNewest with { DryRun = true });
        scenario.HasImages(4, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.DeletedByHand("old-1");

        await scenario.PushAsync("a");

        (await ContentionScenario.UntilAsync(scenario)).ShouldBeNull();
    }
}
