using PushPruner.Listing;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Listing;

/// <summary>Drift tells what the events had missed, and nothing else.</summary>
public class DriftTests
{
    static readonly Settings Settings = new()
    {
        Policy = new RetentionPolicy
        {
            KeepNewest = 3, KeepPulledFor = TimeSpan.FromDays(7), ProtectTags = WildcardSet.Of("prod"),
        },
    };

    static async Task<Drift> AfterAsync(Func<PushScenario, Task> eventsAsync)
    {
        var scenario = new PushScenario(Settings);
        scenario.HasImage("a", 4);
        scenario.HasImage("b", 3);
        scenario.HasImage("c", 2);
        await scenario.ReconcileAsync();
        await eventsAsync(scenario);
        return (await scenario.ReconcileAsync()).Drift;
    }

    static Task Done(object? _) => Task.CompletedTask;

    [Fact]
    public async Task Events_that_came_leave_none() => (await AfterAsync(async scenario =>
    {
        await scenario.PushAsync("d");
        await scenario.PushAsync(null);
        await scenario.HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("a", 1_000).Put(PushScenario.App, "prod")).Event!);
        foreach (var put in Release.Of("1.0").Puts)
            await scenario.HandleAsync(scenario.Ecr.PutImage(put).Event!);
    })).ShouldBe(Drift.None);

    [Fact]
    public async Task A_push_whose_event_was_lost_is_missing() =>
        (await AfterAsync(scenario => Done(scenario.Pushed("d")))).ShouldBe(new Drift(Missing: 1, 0, 0));

    [Fact]
    public async Task What_somebody_deleted_is_a_phantom() => (await AfterAsync(scenario =>
    {
        scenario.DeletedByHand("b");
        return Task.CompletedTask;
    })).ShouldBe(new Drift(0, Phantom: 1, 0));

    [Fact]
    public async Task A_retag_whose_event_was_lost_is_stale() =>
        (
            await AfterAsync(scenario => Done(scenario.Ecr.PutImage(ManifestFactory.Image("a", 1_000).Put(PushScenario.App, "again"))))
        ).ShouldBe(new Drift(0, 0, Stale: 1));

    [Fact]
    public async Task A_pull_is_no_drift_because_ECR_sends_no_event_for_it() => (await AfterAsync(scenario =>
    {
        scenario.Ecr.RecordPull(PushScenario.App, ManifestFactory.Image("a", 1_000).Digest, PushScenario.Noon);
        return Task.CompletedTask;
    })).ShouldBe(Drift.None);

    [Fact]
    public async Task A_proof_that_only_a_listing_gives_is_no_drift() => (await AfterAsync(async scenario =>
    {
        await scenario.PushAsync(null);
        scenario.Clock.Advance(TimeSpan.FromHours(2));
    })).ShouldBe(Drift.None);

    [Fact]
    public async Task What_the_run_itself_deletes_is_no_drift()
    {
        var scenario = new PushScenario(Settings);
        scenario.HasImages(9, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();

        var result = await scenario.ReconcileAsync();

        result.DeletedCount.ShouldBe(6);
        result.Drift.ShouldBe(Drift.None);
    }
}
