using PushPruner.Listing;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Listing;

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
        var scenario = new PushScenario(Newest(100));
        scenario.HasImage("first", 1);
        await scenario.KnowsTheRepositoryAsync();
        for (var n = 1; n <= 40; n++)
        {
            var image = ManifestFactory.Image($"v{n}", 1_000);
            await scenario.HandleAsync(scenario.Ecr.PutImage(image.Put(PushScenario.App, $"v{n}")).Event!);
            await scenario.HandleAsync(scenario.Ecr.PutImage(image.Put(PushScenario.App, "latest")).Event!);
            scenario.Clock.Advance(TimeSpan.FromHours(3));
        }

        scenario.ClearCounters();
        (await scenario.ReconcileAsync()).Drift.ShouldBe(Drift.None);
        scenario.Index.Calls.ShouldNotContain("write");
    }

    [Fact]
    public async Task Images_that_were_archived_or_restored_are_no_drift()
    {
        var scenario = new PushScenario(Newest(100));
        scenario.HasImages(40, daysOld: 5);
        await scenario.KnowsTheRepositoryAsync();
        foreach (var image in scenario.Ecr.Images(PushScenario.App).Take(35))
            Archive(scenario, image.Digest);

        (await scenario.ReconcileAsync()).Drift.ShouldBe(Drift.None);
    }

    [Fact]
    public async Task Images_that_were_signed_again_are_no_drift()
    {
        var scenario = new PushScenario(Newest(100));
        scenario.HasImages(20, daysOld: 5);
        await scenario.KnowsTheRepositoryAsync();
        for (var night = 1; night <= 2; night++)
        {
            for (var n = 1; n <= 20; n++)
            {
                var image = ManifestFactory.Image($"old-{n}", 1_000);
                var signature = ManifestFactory.CosignSignature(image, $"{night}");
                await scenario.HandleAsync(scenario.Ecr.PutImage(signature.Put(PushScenario.App, image.CosignTag("sig"))).Event!);
            }

            scenario.Clock.Advance(TimeSpan.FromDays(1));
        }

        (await scenario.ReconcileAsync()).Drift.ShouldBe(Drift.None);
    }

    [Fact]
    public async Task A_protecting_tag_whose_event_was_lost_is_drift()
    {
        var scenario = new PushScenario(Newest(1, "prod"));
        scenario.HasImages(3, daysOld: 5);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.PutImage(ManifestFactory.Image("old-1", 1_000).Put(PushScenario.App, "prod"));

        (await scenario.ReconcileAsync()).Drift.Stale.ShouldBe(1);
    }

    [Fact]
    public async Task Images_that_a_lifecycle_rule_archived_contradict_nothing()
    {
        var scenario = new PushScenario(Newest(100));
        scenario.HasImages(140, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        foreach (var image in scenario.Ecr.Images(PushScenario.App).OrderByDescending(i => i.PushedAt).Take(40))
            Archive(scenario, image.Digest);

        await scenario.PushAsync("new");

        scenario.Tally.Contradictions.ShouldBe(0);
    }

    static void Archive(PushScenario scenario, string digest) => scenario.Ecr.UpdateImageStorageClass(new UpdateImageStorageClassCall
    {
        RepositoryName = PushScenario.App, ImageId = EcrImageId.Digest(digest), TargetStorageClass = "ARCHIVE",
    });
}
