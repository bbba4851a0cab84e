using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

public class PushIntoAFullRepositoryTests
{
    static readonly TimeSpan SixtyDays = TimeSpan.FromDays(60);

    [Fact]
    public async Task The_eleventh_image_takes_the_place_of_the_oldest_in_that_same_run()
    {
        var scenario = new PushScenario();
        scenario.HasImages(10, daysOld: 40);
        scenario.ClearCounters();

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Pruned);
        result.Expired.ShouldHaveSingleItem().Tags.ShouldBe(["old-1"]);
        result.Deleted.ShouldHaveSingleItem();
        scenario.Images.ShouldBe(["new", "old-10", "old-2", "old-3", "old-4", "old-5", "old-6", "old-7", "old-8", "old-9"]);
        scenario.Ecr.Calls
            .ToString()
            .ShouldBe("BatchDeleteImage 1, DescribeImages 2, ListTagsForResource 1, PutImage 1", "four besides the push itself");
    }

    [Fact]
    public async Task A_push_into_a_known_full_repository_takes_four_calls()
    {
        var scenario = new PushScenario();
        scenario.HasImages(10, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();

        var result = await scenario.PushAsync("new");

        result.DeletedCount.ShouldBe(1);
        scenario.Ecr.Calls.ToString().ShouldBe("BatchDeleteImage 1, DescribeImages 2, ListTagsForResource 1, PutImage 1");
        scenario.Index.Calls.ShouldBe(["read", "write", "due", "newest", "read rows", "write tombstone", "remove"]);
    }

    [Fact]
    public async Task With_sixty_days_to_keep_it_deletes_none()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepFor = SixtyDays } });
        scenario.HasImages(10, daysOld: 40);

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Images.Count.ShouldBe(11);
        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
    }

    [Fact]
    public async Task Each_later_push_deletes_the_next_oldest_image()
    {
        var scenario = new PushScenario();
        scenario.HasImages(10, daysOld: 40);

        for (var n = 1; n <= 10; n++)
        {
            scenario.Clock.Advance(TimeSpan.FromMinutes(1));
            (await scenario.PushAsync($"new-{n}")).Expired.ShouldHaveSingleItem().Tags.ShouldBe([$"old-{n}"]);
        }

        scenario.Images.ShouldAllBe(tag => tag.StartsWith("new-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_deleted_leaves_a_tombstone_that_says_why()
    {
        var scenario = new PushScenario();
        var oldest = scenario.HasImage("oldest", 41);
        scenario.HasImages(10, daysOld: 40);

        await scenario.PushAsync("new");

        var tombstone = await scenario.Index.FindTombstoneAsync(PushScenario.App, oldest, default);
        tombstone.ShouldNotBeNull();
        tombstone.Tags.ShouldBe(["oldest"]);
        tombstone.Reason.ShouldBe("rank 11 or more, 41.0 days old");
        tombstone.RequestId.ShouldBe("request-1");
        tombstone.DeletedAt.ShouldBe(PushScenario.Noon);
    }

    [Fact]
    public async Task The_time_from_the_event_to_the_end_is_in_the_answer()
    {
        var scenario = new PushScenario();
        var pushed = scenario.Pushed("new");
        scenario.Clock.Advance(TimeSpan.FromSeconds(3));

        (await scenario.HandleAsync(pushed)).PushToPruneMs.ShouldBe(3_000);
    }

    [Fact]
    public async Task A_hundred_tags_on_one_image_are_deleted_pair_by_pair_in_calls_of_a_hundred()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        scenario.HasImage("many-0", 50, i => i with { Tags = [.. Enumerable.Range(0, 230).Select(n => $"many-{n}")] });
        scenario.HasImage("other", 49);
        await scenario.KnowsTheRepositoryAsync();

        var result = await scenario.PushAsync("new");

        result.DeletedCount.ShouldBe(2);
        scenario.Images.ShouldBe(["new"]);
        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(4, "three for the 230 pairs, and one for the other image");
    }
}
