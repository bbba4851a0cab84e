using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>An old image that somebody has just tagged is in use again, whatever became of the event that says so.</summary>
public class PromotionsTests
{
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    static RegistryEvent Retag(PushScenario world, string content, string tag) =>
        world.Ecr.PutImage(ManifestFactory.Image(content, 1_000).Put(PushScenario.App, tag)).Event!;

    [Fact]
    public async Task An_old_image_that_ECR_shows_newly_tagged_survives_although_the_event_of_the_promotion_is_lost()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("old", 50);
        world.HasImage("newer", 1);
        await world.KnowsTheRepositoryAsync();
        _ = Retag(world, "old", "stable");

        await world.PushAsync("new");

        world.Images.ShouldContain("old+stable");
    }

    [Fact]
    public async Task It_survives_when_the_event_of_a_later_push_comes_first()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("old", 50);
        world.HasImage("newer", 1);
        await world.KnowsTheRepositoryAsync();
        var promotion = Retag(world, "old", "stable");
        world.Clock.Advance(TimeSpan.FromSeconds(2));
        var push = world.Pushed("new");

        await world.HandleAsync(push);
        await world.HandleAsync(promotion);

        world.Images.ShouldContain("old+stable");
    }

    [Fact]
    public async Task It_survives_when_the_promotion_is_recorded_between_the_row_s_read_and_the_confirmation()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("old", 50);
        world.HasImage("newer", 1);
        await world.KnowsTheRepositoryAsync();
        var push = world.Pushed("new");
        world.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "DescribeImages" && call.IdCount > 1)
            {
                world.Ecr.Faults.Clear();
                world.HandleAsync(Retag(world, "old", "stable")).GetAwaiter().GetResult();
            }

            return null;
        });

        await world.HandleAsync(push);

        world.Images.ShouldContain("old+stable");
    }

    [Fact]
    public async Task A_promotion_at_first_contact_is_not_lost_to_another_first_contact()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 3 } });
        var old = world.HasImage("old", 50);
        world.HasImage("y", 1);
        var promotion = Retag(world, "old", "stable");
        var other = world.Pushed("b");
        var isNested = false;
        world.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "DescribeImages" && !isNested)
            {
                isNested = true;
                world.HandleAsync(other).GetAwaiter().GetResult();
            }

            return null;
        });

        await world.HandleAsync(promotion);
        world.Ecr.Faults.Clear();

        (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows[old].History.PromotedAt.ShouldNotBeNull();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.PushAsync("c");
        world.Images.ShouldContain("old+stable");
    }

    [Fact]
    public async Task A_promotion_that_comes_while_the_repository_is_deferred_is_remembered()
    {
        var world = new PushScenario(OneNewest);
        var old = world.HasImage("old", 50);
        world.HasImage("newer", 1);
        (await world.HandleAsync(world.Pushed("new"), timeLeft: TimeSpan.FromSeconds(29))).Outcome.ShouldBe(Outcome.Deferred);

        await world.HandleAsync(Retag(world, "old", "stable"));

        var rows = (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows;
        rows.ShouldContainKey(old);
        rows[old].History.PromotedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_promotion_dated_in_the_future_keeps_no_longer_than_from_now()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("old", 50);
        world.HasImage("newer", 1);
        await world.KnowsTheRepositoryAsync();
        await world.HandleAsync(Retag(world, "old", "stable") with { At = PushScenario.Noon.AddYears(100) });

        world.Clock.Advance(TimeSpan.FromDays(31));
        await world.PushAsync("a");
        world.Clock.Advance(TimeSpan.FromDays(31));
        await world.PushAsync("b");

        world.Images.ShouldNotContain("old+stable");
    }

    [Fact]
    public async Task What_became_of_it_before_it_was_deleted_and_pushed_again_is_over()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        world.HasImage("newer", 1);
        await world.PushAsync("first", "content");
        await world.HandleAsync(world.Ecr.PutImage(ManifestFactory.Image("content", 1_000).Put(PushScenario.App, "second")).Event!);
        var digest = Digest.Parse(ManifestFactory.Image("content", 1_000).Digest);
        world.Ecr.Expire(PushScenario.App, digest.Value).ShouldBeTrue();
        world.Clock.Advance(TimeSpan.FromDays(1));

        await world.PushAsync("third", "content");

        var memory = (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows[digest].History;
        memory.ProvenFor.ShouldBe(world.Clock.GetUtcNow());
        memory.PromotedAt.ShouldBeNull();
    }
}
