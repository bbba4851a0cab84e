using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>Turns cost calls: they are taken only where pushes were seen to get in each other's way, and as long as that goes on.</summary>
public class WhenTurnsAreTakenTests
{
    static readonly Settings TwoNewest = new() { Policy = new RetentionPolicy { KeepNewest = 2 } };

    [Fact]
    public async Task A_push_that_finds_gone_what_it_asks_for_makes_the_next_take_turns_for_a_day()
    {
        var world = new PushScenario(TwoNewest);
        world.HasImages(4, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        world.DeletedByHand("old-1");
        await world.PushAsync("a");
        world.Index.Calls.ShouldNotContain("take lease");

        world.Clock.Advance(PruneLease.ContentionLasts - TimeSpan.FromTicks(1));
        (await world.PushAsync("b")).DeletedCount.ShouldBe(1);
        world.Index.Calls.ShouldContain("take lease");

        world.HasImage("old", 40);
        await world.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = true });
        world.ClearCounters();
        world.Clock.Advance(TimeSpan.FromTicks(1));
        (await world.PushAsync("c")).DeletedCount.ShouldBe(1);
        world.Index.Calls.ShouldNotContain("take lease");
    }

    [Fact]
    public async Task Pushes_that_never_met_take_no_turns()
    {
        var world = new PushScenario(TwoNewest);
        world.HasImages(4, daysOld: 40);
        await world.KnowsTheRepositoryAsync();

        (await world.PushAsync("a")).DeletedCount.ShouldBe(3);
        (await world.PushAsync("b")).DeletedCount.ShouldBe(1);

        world.Index.Calls.ShouldNotContain("take lease");
        world.Index.Calls.ShouldNotContain("return lease");
        world.Index.Calls.ShouldNotContain("write state");
    }

    [Fact]
    public async Task Where_there_is_always_a_crowd_turns_go_on_without_a_gap()
    {
        var world = await ContentionScenario.InAsync(TwoNewest, images: 4);
        world.Clock.Advance(PruneLease.ContentionLasts / 2);
        await LeaveAsync("a");
        (await ContentionScenario.UntilAsync(world)).ShouldBe(PushScenario.Noon + PruneLease.ContentionLasts, "a half is left");

        world.Clock.Advance(TimeSpan.FromTicks(1));
        await LeaveAsync("b");

        (await ContentionScenario.UntilAsync(world)).ShouldBe(world.Clock.GetUtcNow() + PruneLease.ContentionLasts);

        async Task LeaveAsync(string tag)
        {
            var lease = new Lease("another", world.Clock.GetUtcNow() + Lease.Longest);
            (await world.Index.TryTakeLeaseAsync(PushScenario.App, lease, default)).ShouldBeTrue();
            (await world.PushAsync(tag)).DeletedCount.ShouldBe(0);
            await world.Index.ReturnLeaseAsync(PushScenario.App, lease, default);
        }
    }

    [Fact]
    public async Task A_reconcile_leaves_the_turns_as_they_are()
    {
        var world = await ContentionScenario.InAsync(TwoNewest, images: 4);

        await world.ReconcileAsync();

        (await ContentionScenario.UntilAsync(world)).ShouldBe(PushScenario.Noon + PruneLease.ContentionLasts);
    }

    [Fact]
    public async Task A_crowd_that_is_noted_while_a_reconcile_lists_stays_noted()
    {
        var world = new PushScenario(TwoNewest);
        world.HasImages(2, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        world.ResourceTag("pushpruner:keep-days", "20");
        var until = PushScenario.Noon + PruneLease.ContentionLasts;
        world.Meanwhile("ListTagsForResource", () => NoteAsync().GetAwaiter().GetResult());

        await world.ReconcileAsync();

        var state = (await world.Index.ReadAsync(PushScenario.App, [], tag: null, default)).State.ShouldNotBeNull();
        (state.ContendedUntil, state.Overrides.KeepFor).ShouldBe((until, TimeSpan.FromDays(20)));

        async Task NoteAsync()
        {
            var before = (await world.Index.ReadAsync(PushScenario.App, [], tag: null, default)).State.ShouldNotBeNull();
            (await world.Index.TryWriteStateAsync(PushScenario.App, before with { ContendedUntil = until }, default)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_dry_run_makes_nobody_take_turns()
    {
        var world = new PushScenario(TwoNewest with { DryRun = true });
        world.HasImages(4, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        world.DeletedByHand("old-1");

        await world.PushAsync("a");

        (await ContentionScenario.UntilAsync(world)).ShouldBeNull();
    }
}
