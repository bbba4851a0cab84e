using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>Drift tells what the events had missed, and nothing else.</summary>
public class DriftTests
{
    static readonly Settings Settings = new() { Policy = new RetentionPolicy { KeepNewest = 3, KeepPulledFor = TimeSpan.FromDays(7), ProtectTags = WildcardSet.Of("prod") } };

    static async Task<Drift> AfterAsync(Func<PushScenario, Task> eventsAsync)
    {
        var world = new PushScenario(Settings);
        world.HasImage("a", 4);
        world.HasImage("b", 3);
        world.HasImage("c", 2);
        await world.ReconcileAsync();
        await eventsAsync(world);
        return (await world.ReconcileAsync()).Drift;
    }

    static Task Done(object? _) => Task.CompletedTask;

    [Fact]
    public async Task Events_that_came_leave_none() => (await AfterAsync(async world =>
    {
        await world.PushAsync("d");
        await world.PushAsync(null);
        await world.HandleAsync(world.Ecr.PutImage(ManifestFactory.Image("a", 1_000).Put(PushScenario.App, "prod")).Event!);
        foreach (var put in Release.Of("1.0").Puts)
            await world.HandleAsync(world.Ecr.PutImage(put).Event!);
    })).ShouldBe(Drift.None);

    [Fact]
    public async Task A_push_whose_event_was_lost_is_missing() =>
        (await AfterAsync(world => Done(world.Pushed("d")))).ShouldBe(new Drift(Missing: 1, 0, 0));

    [Fact]
    public async Task What_somebody_deleted_is_a_phantom() => (await AfterAsync(world =>
    {
        world.DeletedByHand("b");
        return Task.CompletedTask;
    })).ShouldBe(new Drift(0, Phantom: 1, 0));

    [Fact]
    public async Task A_retag_whose_event_was_lost_is_stale() =>
        (await AfterAsync(world => Done(world.Ecr.PutImage(ManifestFactory.Image("a", 1_000).Put(PushScenario.App, "again"))))).ShouldBe(new Drift(0, 0, Stale: 1));

    [Fact]
    public async Task A_pull_is_none_for_no_event_tells_of_it() => (await AfterAsync(world =>
    {
        world.Ecr.RecordPull(PushScenario.App, ManifestFactory.Image("a", 1_000).Digest, PushScenario.Noon);
        return Task.CompletedTask;
    })).ShouldBe(Drift.None);

    [Fact]
    public async Task Nor_is_a_proof_that_only_a_listing_gives() => (await AfterAsync(async world =>
    {
        await world.PushAsync(null);
        world.Clock.Advance(TimeSpan.FromHours(2));
    })).ShouldBe(Drift.None);

    [Fact]
    public async Task What_the_run_itself_deletes_is_none()
    {
        var world = new PushScenario(Settings);
        world.HasImages(9, daysOld: 40);
        await world.KnowsTheRepositoryAsync();

        var result = await world.ReconcileAsync();

        result.DeletedCount.ShouldBe(6);
        result.Drift.ShouldBe(Drift.None);
    }
}
