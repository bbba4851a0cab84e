using PushPruner.Listing;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Listing;

/// <summary>What a reconcile shows of the events of one repository.</summary>
public sealed class WhetherEventsComeTests
{
    readonly PushScenario scenario = new();

    [Fact]
    public async Task Of_a_repository_that_was_never_listed_nothing_can_be_said()
    {
        scenario.HasImages(3, daysOld: 2);

        (await CoverageAsync()).ShouldBeNull();
        (await CoverageAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task Pushes_whose_events_arrived_are_received()
    {
        await CoverageAsync();
        await scenario.PushAsync("1");
        await scenario.PushAsync("2");
        scenario.Clock.Advance(TimeSpan.FromHours(20));

        (await CoverageAsync()).ShouldBe(new EventCoverage(2, 0));
    }

    [Fact]
    public async Task Pushes_after_the_last_one_received_are_missed()
    {
        await CoverageAsync();
        await scenario.PushAsync("1");
        scenario.Clock.Advance(TimeSpan.FromDays(2));
        scenario.Pushed("2");
        scenario.Pushed("3");
        scenario.Clock.Advance(TimeSpan.FromDays(3));

        (await CoverageAsync()).ShouldBe(new EventCoverage(0, 2));
        (await CoverageAsync()).ShouldBe(new EventCoverage(0, 0), "the reconcile has told the index");
    }

    [Fact]
    public async Task A_push_before_a_received_one_is_a_lost_event_and_not_counted_as_missed()
    {
        await CoverageAsync();
        scenario.Pushed("lost");
        scenario.Clock.Advance(TimeSpan.FromMinutes(1));
        await scenario.PushAsync("2");
        scenario.Clock.Advance(TimeSpan.FromHours(20));

        (await CoverageAsync()).ShouldBe(new EventCoverage(1, 0));
    }

    [Fact]
    public async Task An_event_that_may_still_be_on_its_way_is_not_missed()
    {
        await CoverageAsync();
        scenario.Pushed("1");
        scenario.Clock.Advance(TimeSpan.FromHours(11));

        (await CoverageAsync()).ShouldBe(new EventCoverage(0, 0));
    }

    [Fact]
    public async Task In_an_empty_repository_that_was_listed_the_first_push_can_be_missed()
    {
        await CoverageAsync();
        scenario.Clock.Advance(TimeSpan.FromHours(1));
        scenario.Pushed("1");
        scenario.Clock.Advance(TimeSpan.FromHours(13));

        (await CoverageAsync()).ShouldBe(new EventCoverage(0, 1));
    }

    async Task<EventCoverage?> CoverageAsync()
    {
        await scenario.ReconcileAsync();
        scenario.Clock.Advance(TimeSpan.FromMinutes(1));
        return scenario.Tally.EventCoverage;
    }
}
