using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

public class MovedProtectingTagTests
{
    static readonly Settings LatestIsProtected = new() { Policy = new RetentionPolicy { KeepNewest = 3, ProtectTags = WildcardSet.Of("latest") } };

    [Fact]
    public async Task A_repository_whose_every_push_moves_latest_is_pruned_like_any_other()
    {
        var world = new PushScenario(LatestIsProtected);
        for (var n = 0; n < 20; n++)
        {
            world.Clock.Advance(TimeSpan.FromDays(20));
            await world.PushAsync("latest");
        }

        world.Images.Count.ShouldBe(3);
        world.Images.ShouldContain("latest");
    }

    [Fact]
    public async Task It_costs_one_ECR_call_and_two_of_the_index_more()
    {
        var world = new PushScenario(LatestIsProtected);
        await world.PushAsync("latest");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.PushAsync("latest");
        world.Clock.Advance(TimeSpan.FromHours(1));
        world.ClearCounters();

        await world.PushAsync("latest");

        world.Ecr.Calls.ToString().ShouldBe("DescribeImages 2, PutImage 1");
        world.Index.Calls.ShouldBe(["read", "write", "write", "write bearer", "due"]);
    }

    [Fact]
    public async Task The_same_event_again_changes_nothing()
    {
        var world = new PushScenario(LatestIsProtected);
        await world.PushAsync("latest");
        var moved = world.Pushed("latest");
        await world.HandleAsync(moved);
        world.ClearCounters();

        await world.HandleAsync(moved);

        world.Index.Calls.ShouldBe(["read", "due"]);
    }

    [Fact]
    public async Task Events_in_the_wrong_order_end_the_same()
    {
        var world = new PushScenario(LatestIsProtected with { Policy = LatestIsProtected.Policy with { KeepNewest = 1 } });
        world.HasImage("first", 100);
        await world.KnowsTheRepositoryAsync();
        var one = world.Pushed("latest");
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        var two = world.Pushed("latest");
        await world.HandleAsync(two);
        await world.HandleAsync(one);

        world.Clock.Advance(TimeSpan.FromDays(40));
        await world.PushAsync("other");

        world.Images.ShouldBe(["latest", "other"]);
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public async Task A_reconcile_between_the_move_and_its_event_does_not_keep_the_former_image_for_ever(string former, string moved)
    {
        var world = new PushScenario(LatestIsProtected with { Policy = LatestIsProtected.Policy with { KeepNewest = 1 } });
        await world.PushAsync("latest", former);
        var evt = world.Pushed("latest", moved);
        await world.ReconcileAsync();
        await world.HandleAsync(evt);

        world.Clock.Advance(TimeSpan.FromDays(40));
        await world.PushAsync("other");

        world.Images.ShouldBe(["latest", "other"]);
    }

    [Fact]
    public async Task A_former_image_that_ECR_still_shows_with_the_tag_is_not_kept_for_ever()
    {
        var world = new PushScenario(LatestIsProtected with { Policy = LatestIsProtected.Policy with { KeepNewest = 1 } });
        await world.PushAsync("latest");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var moved = world.Pushed("latest");
        var reads = 0;
        world.Ecr.Faults.OnCall(call => call.Operation == "DescribeImages" && ++reads == 2 ? Fault.Lag(TimeSpan.FromSeconds(30)) : null);
        await world.HandleAsync(moved);
        world.Ecr.Faults.Clear();

        world.Clock.Advance(TimeSpan.FromDays(40));
        await world.PushAsync("other");

        reads.ShouldBe(2);
        world.Images.ShouldBe(["latest", "other"]);
    }

    [Fact]
    public async Task After_a_first_contact_the_bearer_is_known_as_well()
    {
        var world = new PushScenario(LatestIsProtected with { Policy = LatestIsProtected.Policy with { KeepNewest = 1 } });
        world.HasImage("latest", 100);
        await world.KnowsTheRepositoryAsync();

        (await world.PushAsync("latest")).DeletedCount.ShouldBe(1);
        world.Images.ShouldBe(["latest"]);
    }

    [Fact]
    public async Task Many_pushes_at_once_that_move_the_same_tag_leave_one_bearer()
    {
        var world = new PushScenario(LatestIsProtected with { Policy = LatestIsProtected.Policy with { KeepNewest = 1 } });
        await world.PushAsync("latest");
        var events = Enumerable.Range(0, 20).Select(_ => world.Pushed("latest")).ToList();

        await Task.WhenAll(events.Select(e => Task.Run(() => world.HandleAsync(e))));
        world.Clock.Advance(TimeSpan.FromDays(40));
        await world.PushAsync("other");

        world.Images.ShouldBe(["latest", "other"]);
    }

    [Fact]
    public async Task A_bearer_whose_row_another_push_wrote_during_a_resync_stays_known()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 3, ProtectTags = WildcardSet.Of("latest") } });
        for (var n = 0; n < 40; n++)
            world.HasImage($"phantom-{n}", 10 + n);
        world.HasImage("a", 60);
        var bearer = world.HasImage("latest", 50);
        await world.KnowsTheRepositoryAsync();
        for (var n = 0; n < 40; n++)
            world.DeletedByHand($"phantom-{n}");
        world.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "DescribeImages" && call.IdCount == 0)
            {
                world.Ecr.Faults.Clear();
                world.HandleAsync(world.Ecr.PutImage(ManifestFactory.Image("latest", 1_000).Put(PushScenario.App, "v1")).Event!).GetAwaiter().GetResult();
            }

            return null;
        });
        (await world.PushAsync("b")).Resynced.ShouldBeTrue();

        for (var n = 0; n < 6; n++)
        {
            world.Clock.Advance(TimeSpan.FromDays(20));
            await world.PushAsync("latest");
        }

        world.Ecr.Images(PushScenario.App).ShouldNotContain(i => i.Digest == bearer.Value, "latest moved on long ago, and five images are newer");
    }
}
