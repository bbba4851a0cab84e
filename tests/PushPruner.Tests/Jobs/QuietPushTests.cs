using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>Pushes after which nothing is expired: nearly all of them, so each call counts.</summary>
public class QuietPushTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(500)]
    public async Task Into_a_fast_repository_costs_one_ECR_call_and_three_of_the_index(int images)
    {
        var scenario = new PushScenario();
        for (var n = 0; n < images; n++)
            scenario.HasImage($"t{n}", 20 + (n / 100d));
        await scenario.KnowsTheRepositoryAsync();

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Ecr.Calls.ToString().ShouldBe("DescribeImages 1, PutImage 1");
        scenario.Index.Calls.ShouldBe(["read", "write", "due"]);
    }

    [Fact]
    public async Task Into_a_slow_repository_whose_newest_are_old_costs_one_more_of_the_index()
    {
        var scenario = new PushScenario();
        scenario.HasImages(9, daysOld: 100);
        await scenario.KnowsTheRepositoryAsync();

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Ecr.Calls.ToString().ShouldBe("DescribeImages 1, PutImage 1");
        scenario.Index.Calls.ShouldBe(["read", "write", "due", "newest"]);
    }

    [Fact]
    public async Task The_same_event_again_writes_nothing()
    {
        var scenario = new PushScenario();
        scenario.HasImages(3, daysOld: 1);
        await scenario.KnowsTheRepositoryAsync();
        var pushed = scenario.Pushed("new");
        await scenario.HandleAsync(pushed);
        scenario.ClearCounters();

        var result = await scenario.HandleAsync(pushed);

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Index.Calls.ShouldBe(["read", "due"]);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(100_000)]
    public async Task Old_images_that_are_protected_are_not_looked_at_again(int images)
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { ProtectTags = WildcardSet.Of("release-*") } });
        for (var n = 0; n < images; n++)
            scenario.HasImage($"release-{n}", 100 + (n / 100d));
        scenario.HasImages(10, daysOld: 1);
        await scenario.KnowsTheRepositoryAsync();

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Ecr.Calls.ToString().ShouldBe("DescribeImages 1, PutImage 1");
        scenario.Index.Calls.ShouldBe(["read", "write", "due"]);
    }

    [Fact]
    public async Task Old_images_that_were_pulled_lately_are_looked_at_once_and_then_not_until_it_can_matter()
    {
        var scenario = new PushScenario(
            new Settings
            {
                Policy = new RetentionPolicy { KeepNewest = 1, KeepPulledFor = TimeSpan.FromDays(7) },
            });
        var used = scenario.HasImage("used", 100);
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.RecordPull(PushScenario.App, used.Value, PushScenario.Noon);

        await scenario.PushAsync("new");
        scenario.ClearCounters();
        var result = await scenario.PushAsync("newest");

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Index.Calls.ShouldBe(["read", "write", "due"]);
        scenario.Images.ShouldContain("used");

        scenario.Clock.Advance(TimeSpan.FromDays(8.1));
        (await scenario.PushAsync("later")).Expired.ShouldHaveSingleItem().Tags.ShouldBe(["used"]);
    }
}
