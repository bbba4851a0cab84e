using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

public class RepositoriesTooLargeToListTests
{
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    [Fact]
    public async Task A_resync_in_the_middle_that_can_t_end_in_time_defers_and_leaves_its_mark()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 3 } });
        for (var n = 0; n < 40; n++)
            world.HasImage($"phantom-{n}", 10 + n);
        world.HasImages(2, daysOld: 50);
        await world.KnowsTheRepositoryAsync();
        for (var n = 0; n < 40; n++)
            world.DeletedByHand($"phantom-{n}");
        world.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "DescribeImages" && call.IdCount == 0)
                world.Clock.Advance(TimeSpan.FromMinutes(15));
            return null;
        });

        var result = await world.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Deferred);
        world.ClearCounters();
        (await world.PushAsync("next")).Outcome.ShouldBe(Outcome.Deferred);
    }

    [Fact]
    public async Task A_listing_that_ended_wins_over_another_run_s_mark_that_its_own_could_not()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("newer", 1);
        var one = world.Pushed("one");
        var two = world.Pushed("two");
        var isNested = false;
        world.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "DescribeImages" && !isNested)
            {
                isNested = true;
                world.HandleAsync(two, timeLeft: TimeSpan.FromSeconds(29)).GetAwaiter().GetResult().Outcome.ShouldBe(Outcome.Deferred);
            }

            return null;
        });
        (await world.HandleAsync(one)).Resynced.ShouldBeTrue();
        world.Ecr.Faults.Clear();

        (await world.PushAsync("three")).Outcome.ShouldBe(Outcome.NothingExpired);
    }
}
