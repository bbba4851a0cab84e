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
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 3 } });
        for (var n = 0; n < 40; n++)
            scenario.HasImage($"phantom-{n}", 10 + n);
        scenario.HasImages(2, daysOld: 50);
        await scenario.KnowsTheRepositoryAsync();
        for (var n = 0; n < 40; n++)
            scenario.DeletedByHand($"phantom-{n}");
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "DescribeImages" && call.IdCount == 0)
                scenario.Clock.Advance(TimeSpan.FromMinutes(15));
            return null;
        });

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Deferred);
        scenario.ClearCounters();
        (await scenario.PushAsync("next")).Outcome.ShouldBe(Outcome.Deferred);
    }

    [Fact]
    public async Task A_listing_that_ended_wins_over_another_run_s_mark_that_its_own_could_not()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("newer", 1);
        var one = scenario.Pushed("one");
        var two = scenario.Pushed("two");
        var isNested = false;
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "DescribeImages" && !isNested)
            {
                isNested = true;
                scenario.HandleAsync(two, timeLeft: TimeSpan.FromSeconds(29)).GetAwaiter().GetResult().Outcome.ShouldBe(Outcome.Deferred);
            }

            return null;
        });
        (await scenario.HandleAsync(one)).Resynced.ShouldBeTrue();
        scenario.Ecr.Faults.Clear();

        (await scenario.PushAsync("three")).Outcome.ShouldBe(Outcome.NothingExpired);
    }
}
