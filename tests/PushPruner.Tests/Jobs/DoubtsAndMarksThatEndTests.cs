using PushPruner.Deleting;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>Doubts, marks and records that once lasted for ever.</summary>
public class DoubtsAndMarksThatEndTests
{
    static Settings Newest(int n, double keepDays = 30) => new()
    {
        Policy = new RetentionPolicy { KeepNewest = n, KeepFor = TimeSpan.FromDays(keepDays) },
    };

    [Fact]
    public async Task A_deferred_repository_is_listed_again_after_a_day()
    {
        var scenario = new PushScenario(Newest(1));
        scenario.HasImages(3, daysOld: 40);
        (await scenario.HandleAsync(scenario.Pushed("a"), timeLeft: TimeSpan.FromSeconds(20))).Outcome.ShouldBe(Outcome.Deferred);
        (await scenario.PushAsync("b")).Outcome.ShouldBe(Outcome.Deferred);

        scenario.Clock.Advance(TimeSpan.FromDays(1));

        (await scenario.PushAsync("c")).ShouldSatisfyAllConditions(r => r.Resynced.ShouldBeTrue(), r => r.Outcome.ShouldBe(Outcome.Pruned));
    }

    [Fact]
    public async Task An_archived_list_that_was_never_read_puts_only_what_was_pushed_by_then_in_doubt()
    {
        var scenario = new PushScenario(Newest(1));
        var before = scenario.HasImage("before", 60, i => i with { Tags = [] });
        scenario.Ecr.Seed(
            PushScenario.App,
            new SeededImage
            {
                Digest = A.DigestOf(1).Value,
                Tags = ["list"],
                PushedAt = PushScenario.Noon.AddDays(-50),
                MediaType = MediaTypes.OciIndex,
                Status = "ARCHIVED",
            });
        var after = scenario.HasImage("after", 45, i => i with { Tags = [] });
        scenario.HasImage("latest", 1);

        var result = await scenario.ReconcileAsync();

        result.Deleted.ShouldBe([after.Value]);
        scenario.Images.ShouldContain(before.Value[..14]);
    }

    [Fact]
    public async Task An_archived_signature_keeps_no_expired_image()
    {
        var scenario = new PushScenario(Newest(1));
        var image = ManifestFactory.Image("old", 1_000);
        scenario.HasImage("old", 60);
        scenario.Ecr.Seed(
            PushScenario.App,
            ManifestFactory.CosignSignature(image).At(PushScenario.Noon.AddDays(-60), image.CosignTag("sig")) with
            {
                Status = "ARCHIVED",
            });
        scenario.HasImage("latest", 1);
        await scenario.KnowsTheRepositoryAsync();

        await scenario.PushAsync("new");

        scenario.Images.ShouldNotContain("old");
    }

    [Fact]
    public async Task The_signature_of_an_image_that_somebody_deleted_is_deleted_even_after_the_tombstone_ended()
    {
        var scenario = new PushScenario(Newest(1, keepDays: 120));
        var image = ManifestFactory.Image("old", 1_000);
        scenario.HasImage("old", 1);
        scenario.Ecr.Seed(PushScenario.App, ManifestFactory.CosignSignature(image).At(PushScenario.Noon, image.CosignTag("sig")));
        scenario.HasImage("latest", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.DeletedByHand("old");
        scenario.Clock.Advance(TimeSpan.FromDays(7));
        await scenario.ReconcileAsync();

        scenario.Clock.Advance(TimeSpan.FromDays(120));
        (await scenario.Index.FindTombstoneAsync(PushScenario.App, Digest.Parse(image.Digest), default)).ShouldBeNull();
        await scenario.ReconcileAsync();

        scenario.Images.ShouldBe(["latest"]);
    }

    [Fact]
    public async Task A_tombstone_of_an_image_that_survived_is_removed_by_the_event_of_its_new_tag()
    {
        var scenario = new PushScenario(Newest(1));
        var old = scenario.HasImage("old", 40);
        await scenario.KnowsTheRepositoryAsync();
        // The tag arrives between ECR's answer and the delete, and its event after the run.
        RegistryEvent? late = null;
        scenario.Meanwhile(
            "BatchDeleteImage",
            () => late = scenario.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "again")).Event);
        await scenario.PushAsync("new");
        (await scenario.Index.FindTombstoneAsync(PushScenario.App, old, default)).ShouldNotBeNull();

        scenario.Clock.Advance(TimeSpan.FromSeconds(2));
        await scenario.HandleAsync(late!);

        (await scenario.Index.FindTombstoneAsync(PushScenario.App, old, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_tombstone_of_an_image_that_survived_is_removed_by_the_next_listing_if_the_event_is_lost()
    {
        var scenario = new PushScenario(new Settings { Policy = Newest(1).Policy with { ProtectTags = WildcardSet.Of("again") } });
        var old = scenario.HasImage("old", 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Meanwhile(
            "BatchDeleteImage", () => scenario.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "again")));
        await scenario.PushAsync("new");

        scenario.Clock.Advance(TimeSpan.FromMinutes(5));
        await scenario.ReconcileAsync();

        (await scenario.Index.FindTombstoneAsync(PushScenario.App, old, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_refused_image_reports_each_tag_that_it_lost()
    {
        var scenario = new PushScenario(Newest(1));
        var image = ManifestFactory.Image("old", 1_000);
        scenario.Ecr.Seed(PushScenario.App, image.At(PushScenario.Noon.AddDays(-40), "a", "b", "c"));
        scenario.HasImage("young", 1);
        await scenario.KnowsTheRepositoryAsync();
        // A protected list that names it arrives late: ECR refuses the last pair.
        scenario.Meanwhile(
            "BatchDeleteImage", () => scenario.Ecr.PutImage(ManifestFactory.ManifestList(image).Put(PushScenario.App, "prod")));

        var result = await scenario.PushAsync("new");

        result.Failed.Where(f => f.Code == FailedDelete.TagLost).Select(f => f.Message).ShouldBe(
            [
                "ECR removed the tag a, and then kept the image: push the tag again if something still uses it",
                "ECR removed the tag b, and then kept the image: push the tag again if something still uses it",
            ]);
        result.FailedCount.ShouldBe(2);
    }

    [Fact]
    public async Task A_platform_tag_without_an_event_keeps_its_image_once_more_but_not_for_ever()
    {
        var scenario = new PushScenario(Newest(1));
        var platform = ManifestFactory.Image("platform", 1_000);
        var list = ManifestFactory.ManifestList(platform);
        scenario.Ecr.Seed(PushScenario.App, platform.At(PushScenario.Noon.AddDays(-40)));
        scenario.Ecr.Seed(PushScenario.App, list.At(PushScenario.Noon.AddDays(-40), "old"));
        scenario.HasImage("young", 1);
        await scenario.KnowsTheRepositoryAsync();
        _ = scenario.Ecr.PutImage(platform.Put(PushScenario.App, "old-amd64"));
        await scenario.PushAsync("first");
        scenario.Images.ShouldBe(["first", "old", "old-amd64", "young"]);

        scenario.Clock.Advance(TimeSpan.FromDays(31));
        await scenario.PushAsync("second");

        scenario.Images.ShouldBe(["second"]);
    }

    [Fact]
    public async Task A_signature_whose_tag_had_moved_before_its_event_came_is_deleted_with_its_image()
    {
        var scenario = new PushScenario(Newest(1));
        var image = ManifestFactory.Image("old", 1_000);
        scenario.HasImage("old", 10);
        await scenario.KnowsTheRepositoryAsync();
        var first = scenario.Ecr.PutImage(ManifestFactory.CosignSignature(image, "1").Put(PushScenario.App, image.CosignTag("sig"))).Event!;
        var second = scenario.Ecr
            .PutImage(ManifestFactory.CosignSignature(image, "2").Put(PushScenario.App, image.CosignTag("sig")))
            .Event!;
        await scenario.HandleAsync(first);
        await scenario.HandleAsync(second);

        scenario.Clock.Advance(TimeSpan.FromDays(40));
        await scenario.PushAsync("new");

        scenario.Images.ShouldBe(["new"]);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(240, false)]
    public void A_pull_soon_after_the_products_own_read_counts_as_a_use_unless_it_is_that_read(int secondsAfter, bool isOwn)
    {
        var fact = new KnownManifest(
            A.Manifest(1, A.Now.AddDays(-50), "x") with { LastPulledAt = A.Now.AddSeconds(secondsAfter) },
            ManifestHistory.None with { ReadAt = A.Now });

        (Pulls.LastUse(fact) is null).ShouldBe(isOwn);
    }
}
