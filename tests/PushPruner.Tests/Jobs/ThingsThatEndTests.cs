using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>Doubts, marks and records that once lasted for ever.</summary>
public class ThingsThatEndTests
{
    static Settings Newest(int n, double keepDays = 30) => new()
    {
        Policy = new RetentionPolicy { KeepNewest = n, KeepFor = TimeSpan.FromDays(keepDays) },
    };

    [Fact]
    public async Task A_deferred_repository_is_listed_again_after_a_day()
    {
        var world = new PushScenario(Newest(1));
        world.HasImages(3, daysOld: 40);
        (await world.HandleAsync(world.Pushed("a"), timeLeft: TimeSpan.FromSeconds(20))).Outcome.ShouldBe(Outcome.Deferred);
        (await world.PushAsync("b")).Outcome.ShouldBe(Outcome.Deferred);

        world.Clock.Advance(TimeSpan.FromDays(1));

        (await world.PushAsync("c")).ShouldSatisfyAllConditions(r => r.Resynced.ShouldBeTrue(), r => r.Outcome.ShouldBe(Outcome.Pruned));
    }

    [Fact]
    public async Task An_archived_list_that_was_never_read_puts_only_what_was_pushed_by_then_in_doubt()
    {
        var world = new PushScenario(Newest(1));
        var before = world.HasImage("before", 60, i => i with { Tags = [] });
        world.Ecr.Seed(PushScenario.App, new SeededImage
        {
            Digest = A.DigestOf(1).Value, Tags = ["list"], PushedAt = PushScenario.Noon.AddDays(-50), MediaType = MediaTypes.OciIndex, Status = "ARCHIVED",
        });
        var after = world.HasImage("after", 45, i => i with { Tags = [] });
        world.HasImage("latest", 1);

        var result = await world.ReconcileAsync();

        result.Deleted.ShouldBe([after.Value]);
        world.Images.ShouldContain(before.Value[..14]);
    }

    [Fact]
    public async Task An_archived_signature_keeps_no_expired_image()
    {
        var world = new PushScenario(Newest(1));
        var image = ManifestFactory.Image("old", 1_000);
        world.HasImage("old", 60);
        world.Ecr.Seed(PushScenario.App, ManifestFactory.CosignSignature(image).At(PushScenario.Noon.AddDays(-60), image.CosignTag("sig")) with { Status = "ARCHIVED" });
        world.HasImage("latest", 1);
        await world.KnowsTheRepositoryAsync();

        await world.PushAsync("new");

        world.Images.ShouldNotContain("old");
    }

    [Fact]
    public async Task The_signature_of_an_image_that_somebody_deleted_goes_though_the_tombstone_is_gone_before()
    {
        var world = new PushScenario(Newest(1, keepDays: 120));
        var image = ManifestFactory.Image("old", 1_000);
        world.HasImage("old", 1);
        world.Ecr.Seed(PushScenario.App, ManifestFactory.CosignSignature(image).At(PushScenario.Noon, image.CosignTag("sig")));
        world.HasImage("latest", 1);
        await world.KnowsTheRepositoryAsync();
        world.DeletedByHand("old");
        world.Clock.Advance(TimeSpan.FromDays(7));
        await world.ReconcileAsync();

        world.Clock.Advance(TimeSpan.FromDays(120));
        (await world.Index.FindTombstoneAsync(PushScenario.App, Digest.Parse(image.Digest), default)).ShouldBeNull();
        await world.ReconcileAsync();

        world.Images.ShouldBe(["latest"]);
    }

    [Fact]
    public async Task A_tombstone_of_an_image_that_survived_is_removed_by_the_event_of_its_new_tag()
    {
        var world = new PushScenario(Newest(1));
        var old = world.HasImage("old", 40);
        await world.KnowsTheRepositoryAsync();
        // The tag arrives between ECR's answer and the delete, and its event after the run.
        RegistryEvent? late = null;
        world.Meanwhile("BatchDeleteImage", () => late = world.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "again")).Event);
        await world.PushAsync("new");
        (await world.Index.FindTombstoneAsync(PushScenario.App, old, default)).ShouldNotBeNull();

        world.Clock.Advance(TimeSpan.FromSeconds(2));
        await world.HandleAsync(late!);

        (await world.Index.FindTombstoneAsync(PushScenario.App, old, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_tombstone_of_an_image_that_survived_is_removed_by_the_next_listing_if_the_event_is_lost()
    {
        var world = new PushScenario(new Settings { Policy = Newest(1).Policy with { ProtectTags = WildcardSet.Of("again") } });
        var old = world.HasImage("old", 40);
        await world.KnowsTheRepositoryAsync();
        world.Meanwhile("BatchDeleteImage", () => world.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "again")));
        await world.PushAsync("new");

        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.ReconcileAsync();

        (await world.Index.FindTombstoneAsync(PushScenario.App, old, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_refused_image_reports_each_tag_that_it_lost()
    {
        var world = new PushScenario(Newest(1));
        var image = ManifestFactory.Image("old", 1_000);
        world.Ecr.Seed(PushScenario.App, image.At(PushScenario.Noon.AddDays(-40), "a", "b", "c"));
        world.HasImage("young", 1);
        await world.KnowsTheRepositoryAsync();
        // A protected list that names it arrives late: ECR refuses the last pair.
        world.Meanwhile("BatchDeleteImage", () => world.Ecr.PutImage(ManifestFactory.ManifestList(image).Put(PushScenario.App, "prod")));

        var result = await world.PushAsync("new");

        result.Failed.Where(f => f.Code == FailedDelete.TagLost).Select(f => f.Message).ShouldBe(
            [
                "ECR removed the tag a, and then kept the image: push the tag again if something still uses it",
                "ECR removed the tag b, and then kept the image: push the tag again if something still uses it",
            ]);
        result.FailedCount.ShouldBe(2);
    }

    [Fact]
    public async Task A_platform_whose_tag_no_event_told_of_keeps_its_image_once_more_and_not_for_ever()
    {
        var world = new PushScenario(Newest(1));
        var platform = ManifestFactory.Image("platform", 1_000);
        var list = ManifestFactory.ManifestList(platform);
        world.Ecr.Seed(PushScenario.App, platform.At(PushScenario.Noon.AddDays(-40)));
        world.Ecr.Seed(PushScenario.App, list.At(PushScenario.Noon.AddDays(-40), "old"));
        world.HasImage("young", 1);
        await world.KnowsTheRepositoryAsync();
        _ = world.Ecr.PutImage(platform.Put(PushScenario.App, "old-amd64"));
        await world.PushAsync("first");
        world.Images.ShouldBe(["first", "old", "old-amd64", "young"]);

        world.Clock.Advance(TimeSpan.FromDays(31));
        await world.PushAsync("second");

        world.Images.ShouldBe(["second"]);
    }

    [Fact]
    public async Task A_signature_whose_tag_had_moved_before_its_event_came_is_deleted_with_its_image()
    {
        var world = new PushScenario(Newest(1));
        var image = ManifestFactory.Image("old", 1_000);
        world.HasImage("old", 10);
        await world.KnowsTheRepositoryAsync();
        var first = world.Ecr.PutImage(ManifestFactory.CosignSignature(image, "1").Put(PushScenario.App, image.CosignTag("sig"))).Event!;
        var second = world.Ecr.PutImage(ManifestFactory.CosignSignature(image, "2").Put(PushScenario.App, image.CosignTag("sig"))).Event!;
        await world.HandleAsync(first);
        await world.HandleAsync(second);

        world.Clock.Advance(TimeSpan.FromDays(40));
        await world.PushAsync("new");

        world.Images.ShouldBe(["new"]);
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
