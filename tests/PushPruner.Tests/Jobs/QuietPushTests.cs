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
        var world = new PushScenario();
        for (var n = 0; n < images; n++)
            world.HasImage($"t{n}", 20 + (n / 100d));
        await world.KnowsTheRepositoryAsync();

        var result = await world.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        world.Ecr.Calls.ToString().ShouldBe("DescribeImages 1, PutImage 1");
        world.Index.Calls.ShouldBe(["read", "write", "due"]);
    }

    [Fact]
    public async Task Into_a_slow_repository_whose_newest_are_old_costs_one_more_of_the_index()
    {
        var world = new PushScenario();
        world.HasImages(9, daysOld: 100);
        await world.KnowsTheRepositoryAsync();

        var result = await world.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        world.Ecr.Calls.ToString().ShouldBe("DescribeImages 1, PutImage 1");
        world.Index.Calls.ShouldBe(["read", "write", "due", "newest"]);
    }

    [Fact]
    public async Task The_same_event_again_writes_nothing()
    {
        var world = new PushScenario();
        world.HasImages(3, daysOld: 1);
        await world.KnowsTheRepositoryAsync();
        var pushed = world.Pushed("new");
        await world.HandleAsync(pushed);
        world.ClearCounters();

        var result = await world.HandleAsync(pushed);

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        world.Index.Calls.ShouldBe(["read", "due"]);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(100_000)]
    public async Task Old_images_that_are_protected_are_not_looked_at_again(int images)
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { ProtectTags = WildcardSet.Of("release-*") } });
        for (var n = 0; n < images; n++)
            world.HasImage($"release-{n}", 100 + (n / 100d));
        world.HasImages(10, daysOld: 1);
        await world.KnowsTheRepositoryAsync();

        var result = await world.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        world.Ecr.Calls.ToString().ShouldBe("DescribeImages 1, PutImage 1");
        world.Index.Calls.ShouldBe(["read", "write", "due"]);
    }

    [Fact]
    public async Task Old_images_that_were_pulled_lately_are_looked_at_once_and_then_not_until_it_can_matter()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1, KeepPulledFor = TimeSpan.FromDays(7) } });
        var used = world.HasImage("used", 100);
        world.HasImage("newer", 1);
        await world.KnowsTheRepositoryAsync();
        world.Ecr.RecordPull(PushScenario.App, used.Value, PushScenario.Noon);

        await world.PushAsync("new");
        world.ClearCounters();
        var result = await world.PushAsync("newest");

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        world.Index.Calls.ShouldBe(["read", "write", "due"]);
        world.Images.ShouldContain("used");

        world.Clock.Advance(TimeSpan.FromDays(8.1));
        (await world.PushAsync("later")).Expired.ShouldHaveSingleItem().Tags.ShouldBe(["used"]);
    }
}
