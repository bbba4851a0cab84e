using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

public class RepositoryWithOverridesTests
{
    static readonly Settings TwoNewest = new() { Policy = new RetentionPolicy { KeepNewest = 2 } };

    static async Task<PushScenario> WithOldImagesAsync()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImages(4, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        return scenario;
    }

    [Fact]
    public async Task More_to_keep_holds_from_the_next_push_on()
    {
        var scenario = await WithOldImagesAsync();
        scenario.ResourceTag("pushpruner:keep-newest", "4");

        (await scenario.PushAsync("new")).Expired.ShouldHaveSingleItem().Tags.ShouldBe(["old-1"]);
    }

    [Fact]
    public async Task More_days_keep_everything_younger_and_are_remembered()
    {
        var scenario = await WithOldImagesAsync();
        scenario.ResourceTag("pushpruner:keep-days", "60.5");

        (await scenario.PushAsync("new")).Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.ClearCounters();
        (await scenario.PushAsync("next")).Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Ecr.Calls.ToString().ShouldBe("DescribeImages 1, PutImage 1");
    }

    [Fact]
    public async Task Fewer_days_hold_once_the_tags_are_read()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImages(3, daysOld: 10);
        scenario.ResourceTag("pushpruner:keep-days", "5");

        (await scenario.PushAsync("new")).ExpiredCount.ShouldBe(2);
    }

    [Fact]
    public async Task Protect_tags_add_to_those_of_the_environment()
    {
        var scenario = await WithOldImagesAsync();
        scenario.ResourceTag("pushpruner:protect-tags", "nothing old-@");

        (await scenario.PushAsync("new-1")).Outcome.ShouldBe(Outcome.NothingExpired);
        (await scenario.PushAsync("new-2")).Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.ClearCounters();
        await scenario.PushAsync("new-3");
        scenario.Ecr.Calls.ToString().ShouldBe("DescribeImages 1, PutImage 1", "once out of the window they are filed as protected");
        scenario.Images.Count.ShouldBe(7);
    }

    [Fact]
    public async Task A_disabled_repository_is_recorded_and_not_pruned()
    {
        var scenario = await WithOldImagesAsync();
        scenario.ResourceTag("pushpruner:enabled", "false");

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Ignored);
        result.Why.ShouldBe("the repository's resource tag pushpruner:enabled is false");
        scenario.Images.Count.ShouldBe(5);
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Count.ShouldBe(5);
    }

    [Theory]
    [InlineData("pushpruner:keep-newest", "0", "resource tag pushpruner:keep-newest is \"0\": a whole number from 1 to 1000, such as 10")]
    [InlineData(
        "pushpruner:keep-days", "30d", "resource tag pushpruner:keep-days is \"30d\": a number of days from 0 to 36500, such as 30")]
    [InlineData("pushpruner:enabled", "no", "resource tag pushpruner:enabled is \"no\": true or false")]
    [InlineData(
        "pushpruner:protect-tags",
        "a/b",
        "resource tag pushpruner:protect-tags is \"a/b\": patterns for tags with blanks between, @ for any characters, such as latest "
            + "release-@"
    )]
    [InlineData(
        "pushpruner:keep-day",
        "3",
        "resource tag pushpruner:keep-day is \"3\": not a tag of PushPruner; there are pushpruner:keep-newest, pushpruner:keep-days, "
            + "pushpruner:protect-tags and pushpruner:enabled"
    )]
    [InlineData(
        "PushPruner:enabled",
        "false",
        "resource tag PushPruner:enabled is \"false\": not a tag of PushPruner; there are pushpruner:keep-newest, pushpruner:keep-days, "
            + "pushpruner:protect-tags and pushpruner:enabled"
    )]
    public async Task A_malformed_override_keeps_everything_and_says_why(string key, string value, string why)
    {
        var scenario = await WithOldImagesAsync();
        scenario.ResourceTag(key, value);

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Ignored);
        result.Why.ShouldBe(why);
        scenario.Images.Count.ShouldBe(5);
    }

    [Fact]
    public async Task An_override_set_between_two_pushes_is_read_before_the_delete()
    {
        var scenario = await WithOldImagesAsync();
        (await scenario.PushAsync("new-1")).ExpiredCount.ShouldBe(3);
        scenario.HasImage("late", 50);
        scenario.IndexIsWiped();
        await scenario.KnowsTheRepositoryAsync();
        scenario.ResourceTag("pushpruner:enabled", "false");

        (await scenario.PushAsync("new-2")).Outcome.ShouldBe(Outcome.Ignored);
        scenario.Images.ShouldContain("late");
    }

    [Fact]
    public async Task Tags_of_others_mean_nothing()
    {
        var scenario = await WithOldImagesAsync();
        scenario.ResourceTag("Team", "a/b@c");

        (await scenario.PushAsync("new")).DeletedCount.ShouldBe(3);
    }

    [Fact]
    public async Task An_event_of_a_malformed_override_that_was_mended_is_not_ignored_for_ever()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 2 } });
        scenario.HasImage("a", 1);
        scenario.ResourceTag("pushpruner:enabled", "no");
        await scenario.KnowsTheRepositoryAsync();
        scenario.ResourceTag("pushpruner:enabled", "true");

        (await scenario.PushAsync("new")).Outcome.ShouldBe(Outcome.NothingExpired);
    }
}
