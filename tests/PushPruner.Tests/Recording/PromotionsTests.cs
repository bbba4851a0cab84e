using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Recording;

/// <summary>An old image that somebody has just tagged is in use again, whatever became of the event that says so.</summary>
public class PromotionsTests
{
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    static RegistryEvent Retag(PushScenario scenario, string content, string tag) =>
        scenario.Ecr.PutImage(ManifestFactory.Image(content, 1_000).Put(PushScenario.App, tag)).Event!;

    [Fact]
    public async Task An_old_image_that_ECR_shows_newly_tagged_survives_although_the_event_of_the_promotion_is_lost()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("old", 50);
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();
        _ = Retag(scenario, "old", "stable");

        await scenario.PushAsync("new");

        scenario.Images.ShouldContain("old+stable");
    }

    [Fact]
    public async Task A_promotion_survives_when_the_event_of_a_later_push_comes_first()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("old", 50);
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();
        var promotion = Retag(scenario, "old", "stable");
        scenario.Clock.Advance(TimeSpan.FromSeconds(2));
        var push = scenario.Pushed("new");

        await scenario.HandleAsync(push);
        await scenario.HandleAsync(promotion);

        scenario.Images.ShouldContain("old+stable");
    }

    [Fact]
    public async Task An_image_survives_a_promotion_recorded_between_the_row_s_read_and_the_confirmation()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("old", 50);
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();
        var push = scenario.Pushed("new");
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "DescribeImages" && call.IdCount > 1)
            {
                scenario.Ecr.Faults.Clear();
                scenario.HandleAsync(Retag(scenario, "old", "stable")).GetAwaiter().GetResult();
            }

            return null;
        });

        await scenario.HandleAsync(push);

        scenario.Images.ShouldContain("old+stable");
    }

    [Fact]
    public async Task A_promotion_at_first_contact_is_not_lost_to_another_first_contact()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 3 } });
        var old = scenario.HasImage("old", 50);
        scenario.HasImage("y", 1);
        var promotion = Retag(scenario, "old", "stable");
        var other = scenario.Pushed("b");
        var isNested = false;
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "DescribeImages" && !isNested)
            {
                isNested = true;
                scenario.HandleAsync(other).GetAwaiter().GetResult();
            }

            return null;
        });

        await scenario.HandleAsync(promotion);
        scenario.Ecr.Faults.Clear();

        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[old].History.PromotedAt.ShouldNotBeNull();
        scenario.Clock.Advance(TimeSpan.FromMinutes(1));
        await scenario.PushAsync("c");
        scenario.Images.ShouldContain("old+stable");
    }

    [Fact]
    public async Task A_promotion_that_comes_while_the_repository_is_deferred_is_remembered()
    {
        var scenario = new PushScenario(OneNewest);
        var old = scenario.HasImage("old", 50);
        scenario.HasImage("newer", 1);
        (await scenario.HandleAsync(scenario.Pushed("new"), timeLeft: TimeSpan.FromSeconds(29))).Outcome.ShouldBe(Outcome.Deferred);

        await scenario.HandleAsync(Retag(scenario, "old", "stable"));

        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows;
        rows.ShouldContainKey(old);
        rows[old].History.PromotedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_promotion_dated_in_the_future_keeps_no_longer_than_from_now()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("old", 50);
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();
        await scenario.HandleAsync(Retag(scenario, "old", "stable") with { At = PushScenario.Noon.AddYears(100) });

        scenario.Clock.Advance(TimeSpan.FromDays(31));
        await scenario.PushAsync("a");
        scenario.Clock.Advance(TimeSpan.FromDays(31));
        await scenario.PushAsync("b");

        scenario.Images.ShouldNotContain("old+stable");
    }

    [Fact]
    public async Task What_became_of_it_before_it_was_deleted_and_pushed_again_is_over()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        scenario.HasImage("newer", 1);
        await scenario.PushAsync("first", "content");
        await scenario.HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("content", 1_000).Put(PushScenario.App, "second")).Event!);
        var digest = Digest.Parse(ManifestFactory.Image("content", 1_000).Digest);
        scenario.Ecr.Expire(PushScenario.App, digest.Value).ShouldBeTrue();
        scenario.Clock.Advance(TimeSpan.FromDays(1));

        await scenario.PushAsync("third", "content");

        var memory = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[digest].History;
        memory.ProvenFor.ShouldBe(scenario.Clock.GetUtcNow());
        memory.PromotedAt.ShouldBeNull();
    }
}
