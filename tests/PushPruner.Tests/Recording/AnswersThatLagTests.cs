using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Recording;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Recording;

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
        var scenario = With(TimeSpan.FromDays(30));
        scenario.HasImage("old", 40);
        await scenario.KnowsTheRepositoryAsync();
        var pushed = scenario.Pushed("new");
        scenario.Ecr.Faults.LagNext("DescribeImages", Lag, 1);

        (await scenario.HandleAsync(pushed)).Outcome.ShouldBe(Outcome.Pruned);

        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Keys.ShouldContain(Digest.Parse(pushed.Digest));
        scenario.Patience.Waits.ShouldBe(1);
    }

    [Fact]
    public async Task An_image_that_stays_hidden_fails_the_event_so_that_Lambda_retries_it()
    {
        var scenario = With(TimeSpan.FromDays(30), "prod");
        var former = scenario.HasImage("prod", 40);
        await scenario.KnowsTheRepositoryAsync();
        var pushed = scenario.Pushed("prod");
        scenario.Ecr.Faults.OnCall(call => call.Operation == "DescribeImages" ? Fault.Lag(Lag) : null);

        await Should.ThrowAsync<NotVisibleYetException>(() => scenario.HandleAsync(pushed));

        scenario.Ecr.Faults.Clear();
        scenario.Clock.Advance(TimeSpan.FromMinutes(1));
        (await scenario.HandleAsync(pushed)).Outcome.ShouldNotBe(Outcome.Gone);
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).ProtectingTags["prod"].Row.Digest.ShouldNotBe(former);
    }

    [Fact]
    public async Task What_is_hidden_keeps_its_row_and_what_only_that_remembers()
    {
        var scenario = With(TimeSpan.FromDays(30));
        scenario.HasImage("v2", 35);
        await scenario.KnowsTheRepositoryAsync();
        var v1 = ManifestFactory.Image("v1", 1_000);
        var image = Digest.Parse(v1.Digest);
        await scenario.HandleAsync(scenario.Ecr.PutImage(v1.Put(PushScenario.App, "v1")).Event!);
        scenario.Clock.Advance(TimeSpan.FromMinutes(5));
        await scenario.HandleAsync(scenario.Ecr.PutImage(v1.Put(PushScenario.App, "stable")).Event!);
        var again = scenario.Ecr.PutImage(v1.Put(PushScenario.App, "stable-2")).Event!;
        scenario.Ecr.Faults.OnCall(call => call.Operation == "DescribeImages" ? Fault.Lag(TimeSpan.FromMinutes(10)) : null);

        await Should.ThrowAsync<NotVisibleYetException>(() => scenario.HandleAsync(again));

        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[image].History.PromotedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_new_list_that_one_answer_does_not_return_is_no_doubt_that_lasts()
    {
        var scenario = With(TimeSpan.FromDays(30));
        scenario.HasImage("old", 40);
        await scenario.KnowsTheRepositoryAsync();
        var release = Release.Of("1.0");
        var events = release.Puts.Select(put => scenario.Ecr.PutImage(put).Event!).ToList();
        scenario.Ecr.Faults.LagNext("BatchGetImage", Lag, 1);

        foreach (var evt in events)
            await scenario.HandleAsync(evt);

        var state = (await scenario.Index.ReadAsync(PushScenario.App, [], tag: null, default)).State!;
        state.Unreadable.ShouldBeNull();
        scenario.Images.ShouldNotContain("old");
    }

    [Fact]
    public async Task A_protecting_tag_that_the_index_recorded_seconds_ago_keeps_its_image_though_an_answer_lacks_it()
    {
        var scenario = With(TimeSpan.Zero, "prod");
        var v1 = scenario.HasImage("v1", 1);
        scenario.HasImage("v2", 0.5);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Clock.Advance(TimeSpan.FromMinutes(5));
        await scenario.HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("v1", 1_000).Put(PushScenario.App, "prod")).Event!);
        scenario.Clock.Advance(TimeSpan.FromSeconds(5));
        scenario.Ecr.Faults.OnCall(call => call.Operation == "DescribeImages" ? Fault.LagOfTags(Lag) : null);

        var reconcile = await scenario.ReconcileAsync();
        var push = await scenario.HandleAsync(
            scenario.Ecr.PutImage(ManifestFactory.Image("v2", 1_000).Put(PushScenario.App, "v2-again")).Event!);

        (reconcile.DeletedCount, push.DeletedCount).ShouldBe((0, 0));
        scenario.Images.ShouldContain("prod+v1");
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[v1].Tags.ShouldBe(["prod", "v1"], "its row was left as it was");
    }

    [Fact]
    public async Task One_stray_answer_that_there_is_no_repository_forgets_nothing()
    {
        var scenario = With(TimeSpan.FromDays(30));
        scenario.HasImage("v1", 40);
        scenario.HasImage("v2", 1);
        await scenario.KnowsTheRepositoryAsync();
        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Count;
        scenario.Ecr.Faults.MissRepositoryOfNext("DescribeImages");

        await Should.ThrowAsync<ContradictoryAnswerException>(() => scenario.ReconcileAsync());

        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Count.ShouldBe(rows);
    }
}
