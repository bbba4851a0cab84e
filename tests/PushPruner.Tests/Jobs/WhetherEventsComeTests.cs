using PushPruner.Jobs;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>The reconcile tells a lost event from events that don't come at all.</summary>
public sealed class WhetherEventsComeTests
{
    readonly World world = new();

    [Fact]
    public async Task Of_a_repository_that_was_never_listed_nothing_can_be_said()
    {
        world.HasImages(3, daysOld: 2);

        (await HeardAsync()).ShouldBeNull();
        (await HeardAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task Pushes_whose_events_came_are_heard()
    {
        await HeardAsync();
        await world.PushAsync("1");
        await world.PushAsync("2");
        world.Clock.Advance(TimeSpan.FromHours(20));

        (await HeardAsync()).ShouldBe(new Hearing(2, 0));
    }

    [Fact]
    public async Task Those_after_the_last_that_was_heard_are_not()
    {
        await HeardAsync();
        await world.PushAsync("1");
        world.Clock.Advance(TimeSpan.FromDays(2));
        world.Pushed("2");
        world.Pushed("3");
        world.Clock.Advance(TimeSpan.FromDays(3));

        (await HeardAsync()).ShouldBe(new Hearing(0, 2));
        (await HeardAsync()).ShouldBe(new Hearing(0, 0), "the reconcile has told the index");
    }

    [Fact]
    public async Task One_before_a_push_that_was_heard_is_a_lost_event()
    {
        await HeardAsync();
        world.Pushed("lost");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.PushAsync("2");
        world.Clock.Advance(TimeSpan.FromHours(20));

        (await HeardAsync()).ShouldBe(new Hearing(1, 0));
    }

    [Fact]
    public async Task An_event_that_may_still_be_on_its_way_is_not_missed()
    {
        await HeardAsync();
        world.Pushed("1");
        world.Clock.Advance(TimeSpan.FromHours(11));

        (await HeardAsync()).ShouldBe(new Hearing(0, 0));
    }

    [Fact]
    public async Task In_an_empty_repository_that_was_listed_the_first_push_can_be_missed()
    {
        await HeardAsync();
        world.Clock.Advance(TimeSpan.FromHours(1));
        world.Pushed("1");
        world.Clock.Advance(TimeSpan.FromHours(13));

        (await HeardAsync()).ShouldBe(new Hearing(0, 1));
    }

    async Task<Hearing?> HeardAsync()
    {
        await world.ReconcileAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        return world.Tally.Hearing;
    }
}
