namespace PushPruner.LocalAws.Tests.Clock;

public sealed class WhenTheClockIsSet
{
    static readonly DateTimeOffset Start = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);

    readonly SettableClock clock = new(Start);
    readonly List<(string Name, DateTimeOffset At)> fired = [];

    [Fact]
    public void It_says_what_it_was_told_and_stands_still()
    {
        clock.Advance(TimeSpan.FromDays(30));
        clock.GetUtcNow().ShouldBe(Start.AddDays(30));
        clock.SetUtcNow(Start.AddDays(-1));
        clock.GetUtcNow().ShouldBe(Start.AddDays(-1));
    }

    [Fact]
    public void Timers_fire_in_the_order_they_are_due_and_see_their_own_time()
    {
        using var late = Timer("late", TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using var every = Timer("every", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using var never = Timer("never", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(5));
        fired.ShouldBe([("every", Start.AddSeconds(2)), ("late", Start.AddSeconds(3)), ("every", Start.AddSeconds(4))]);
        clock.GetUtcNow().ShouldBe(Start.AddSeconds(5));
    }

    [Fact]
    public void A_disposed_timer_is_silent()
    {
        Timer("gone", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Dispose();

        clock.Advance(TimeSpan.FromSeconds(2));
        fired.ShouldBeEmpty();
        clock.AdvanceToNextTimer().ShouldBeFalse();
    }

    [Fact]
    public async Task A_delay_ends_when_its_time_has_come()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), clock);
        clock.AdvanceToNextTimer().ShouldBeTrue();

        await delay;
        clock.GetUtcNow().ShouldBe(Start.AddMinutes(1));
    }

    ITimer Timer(string name, TimeSpan due, TimeSpan period) =>
        clock.CreateTimer(_ => fired.Add((name, clock.GetUtcNow())), state: null, due, period);
}
