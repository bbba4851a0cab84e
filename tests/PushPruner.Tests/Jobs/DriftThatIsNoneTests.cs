using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>A week in which every event arrived: the reconcile reports no drift, whatever no event tells.</summary>
public class DriftThatIsNoneTests
{
    static Settings Newest(int n, params string[] protectTags) => new()
    {
        Policy = new RetentionPolicy { KeepNewest = n, KeepFor = TimeSpan.FromDays(30), ProtectTags = WildcardSet.Of(protectTags) },
    };

    [Fact]
    public async Task A_tag_that_moves_with_every_push_is_no_drift_and_no_row_is_written()
    {
        var world = new PushScenario(Newest(100));
        world.HasImage("first", 1);
        await world.KnowsTheRepositoryAsync();
        for (var n = 1; n <= 40; n++)
        {
            var image = ManifestFactory.Image($"v{n}", 1_000);
            await world.HandleAsync(world.Ecr.PutImage(image.Put(PushScenario.App, $"v{n}")).Event!);
            await world.HandleAsync(world.Ecr.PutImage(image.Put(PushScenario.App, "latest")).Event!);
            world.Clock.Advance(TimeSpan.FromHours(3));
        }

        world.ClearCounters();
        (await world.ReconcileAsync()).Drift.ShouldBe(Drift.None);
        world.Index.Calls.ShouldNotContain("write");
    }

    [Fact]
    public async Task Images_that_were_archived_or_restored_are_no_drift()
    {
        var world = new PushScenario(Newest(100));
        world.HasImages(40, daysOld: 5);
        await world.KnowsTheRepositoryAsync();
        foreach (var image in world.Ecr.Images(PushScenario.App).Take(35))
            Archive(world, image.Digest);

        (await world.ReconcileAsync()).Drift.ShouldBe(Drift.None);
    }

    [Fact]
    public async Task Images_that_were_signed_again_are_no_drift()
    {
        var world = new PushScenario(Newest(100));
        world.HasImages(20, daysOld: 5);
        await world.KnowsTheRepositoryAsync();
        for (var night = 1; night <= 2; night++)
        {
            for (var n = 1; n <= 20; n++)
            {
                var image = ManifestFactory.Image($"old-{n}", 1_000);
                var signature = ManifestFactory.CosignSignature(image, $"{night}");
                await world.HandleAsync(world.Ecr.PutImage(signature.Put(PushScenario.App, image.CosignTag("sig"))).Event!);
            }

            world.Clock.Advance(TimeSpan.FromDays(1));
        }

        (await world.ReconcileAsync()).Drift.ShouldBe(Drift.None);
    }

    [Fact]
    public async Task A_protecting_tag_whose_event_was_lost_is_drift()
    {
        var world = new PushScenario(Newest(1, "prod"));
        world.HasImages(3, daysOld: 5);
        await world.KnowsTheRepositoryAsync();
        world.Ecr.PutImage(ManifestFactory.Image("old-1", 1_000).Put(PushScenario.App, "prod"));

        (await world.ReconcileAsync()).Drift.Stale.ShouldBe(1);
    }

    [Fact]
    public async Task Images_that_a_lifecycle_rule_archived_contradict_nothing()
    {
        var world = new PushScenario(Newest(100));
        world.HasImages(140, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        foreach (var image in world.Ecr.Images(PushScenario.App).OrderByDescending(i => i.PushedAt).Take(40))
            Archive(world, image.Digest);

        await world.PushAsync("new");

        world.Tally.Contradictions.ShouldBe(0);
    }

    static void Archive(PushScenario world, string digest) => world.Ecr.UpdateImageStorageClass(new UpdateImageStorageClassCall
    {
        RepositoryName = PushScenario.App, ImageId = EcrImageId.Digest(digest), TargetStorageClass = "ARCHIVE",
    });
}
