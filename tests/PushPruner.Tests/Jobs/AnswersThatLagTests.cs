using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>ECR's reads are eventually consistent: a negative or older answer about something recent is not believed.</summary>
public class AnswersThatLagTests
{
    static readonly TimeSpan Lag = TimeSpan.FromSeconds(10);

    static PushScenario With(TimeSpan keepFor, params string[] protectTags) => new(new Settings
    {
        Policy = new RetentionPolicy { KeepNewest = 1, KeepFor = keepFor, ProtectTags = WildcardSet.Of(protectTags) },
    });

    [Fact]
    public async Task A_pushed_image_that_one_answer_does_not_show_is_recorded_all_the_same()
    {
        var world = With(TimeSpan.FromDays(30));
        world.HasImage("old", 40);
        await world.KnowsTheRepositoryAsync();
        var pushed = world.Pushed("new");
        world.Ecr.Faults.LagNext("DescribeImages", Lag, 1);

        (await world.HandleAsync(pushed)).Outcome.ShouldBe(Outcome.Pruned);

        (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows.Keys.ShouldContain(Digest.Parse(pushed.Digest));
        world.Patience.Waits.ShouldBe(1);
    }

    [Fact]
    public async Task One_that_stays_hidden_fails_the_event_so_that_lambda_tries_it_again()
    {
        var world = With(TimeSpan.FromDays(30), "prod");
        var former = world.HasImage("prod", 40);
        await world.KnowsTheRepositoryAsync();
        var pushed = world.Pushed("prod");
        world.Ecr.Faults.OnCall(call => call.Operation == "DescribeImages" ? Fault.Lag(Lag) : null);

        await Should.ThrowAsync<NotVisibleYetException>(() => world.HandleAsync(pushed));

        world.Ecr.Faults.Clear();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        (await world.HandleAsync(pushed)).Outcome.ShouldNotBe(Outcome.Gone);
        (await world.Index.ReadAllAsync(PushScenario.App, default)).ProtectingTags["prod"].Row.Digest.ShouldNotBe(former);
    }

    [Fact]
    public async Task What_is_hidden_keeps_its_row_and_what_only_that_remembers()
    {
        var world = With(TimeSpan.FromDays(30));
        world.HasImage("v2", 35);
        await world.KnowsTheRepositoryAsync();
        var v1 = ManifestFactory.Image("v1", 1_000);
        var image = Digest.Parse(v1.Digest);
        await world.HandleAsync(world.Ecr.PutImage(v1.Put(PushScenario.App, "v1")).Event!);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.HandleAsync(world.Ecr.PutImage(v1.Put(PushScenario.App, "stable")).Event!);
        var again = world.Ecr.PutImage(v1.Put(PushScenario.App, "stable-2")).Event!;
        world.Ecr.Faults.OnCall(call => call.Operation == "DescribeImages" ? Fault.Lag(TimeSpan.FromMinutes(10)) : null);

        await Should.ThrowAsync<NotVisibleYetException>(() => world.HandleAsync(again));

        (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows[image].History.PromotedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_new_list_that_one_answer_does_not_return_is_no_doubt_that_lasts()
    {
        var world = With(TimeSpan.FromDays(30));
        world.HasImage("old", 40);
        await world.KnowsTheRepositoryAsync();
        var release = Release.Of("1.0");
        var events = release.Puts.Select(put => world.Ecr.PutImage(put).Event!).ToList();
        world.Ecr.Faults.LagNext("BatchGetImage", Lag, 1);

        foreach (var evt in events)
            await world.HandleAsync(evt);

        var state = (await world.Index.ReadAsync(PushScenario.App, [], tag: null, default)).State!;
        state.Unreadable.ShouldBeNull();
        world.Images.ShouldNotContain("old");
    }

    [Fact]
    public async Task A_protecting_tag_that_the_index_recorded_seconds_ago_keeps_its_image_though_an_answer_lacks_it()
    {
        var world = With(TimeSpan.Zero, "prod");
        var v1 = world.HasImage("v1", 1);
        world.HasImage("v2", 0.5);
        await world.KnowsTheRepositoryAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.HandleAsync(world.Ecr.PutImage(ManifestFactory.Image("v1", 1_000).Put(PushScenario.App, "prod")).Event!);
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        world.Ecr.Faults.OnCall(call => call.Operation == "DescribeImages" ? Fault.LagOfTags(Lag) : null);

        var reconcile = await world.ReconcileAsync();
        var push = await world.HandleAsync(world.Ecr.PutImage(ManifestFactory.Image("v2", 1_000).Put(PushScenario.App, "v2-again")).Event!);

        (reconcile.DeletedCount, push.DeletedCount).ShouldBe((0, 0));
        world.Images.ShouldContain("prod+v1");
        (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows[v1].Tags.ShouldBe(["prod", "v1"], "its row was left as it was");
    }

    [Fact]
    public async Task One_stray_answer_that_there_is_no_repository_forgets_nothing()
    {
        var world = With(TimeSpan.FromDays(30));
        world.HasImage("v1", 40);
        world.HasImage("v2", 1);
        await world.KnowsTheRepositoryAsync();
        var rows = (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows.Count;
        world.Ecr.Faults.MissRepositoryOfNext("DescribeImages");

        await Should.ThrowAsync<ContradictoryAnswerException>(() => world.ReconcileAsync());

        (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows.Count.ShouldBe(rows);
    }
}
