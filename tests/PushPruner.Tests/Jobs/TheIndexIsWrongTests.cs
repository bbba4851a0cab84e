using PushPruner.Rules;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>The index proposes, ECR disposes: whatever stands in the index, nothing is deleted that the rule keeps.</summary>
public class TheIndexIsWrongTests
{
    [Fact]
    public async Task What_a_push_finds_filed_wrongly_is_written_once()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1, ProtectTags = WildcardSet.Of("prod") } });
        world.HasImages(2, daysOld: 50);
        world.HasImage("newer", 1);
        await world.KnowsTheRepositoryAsync();
        world.Ecr.PutImage(ManifestFactory.Image("old-1", 1_000).Put(PushScenario.App, "prod"));
        var pushed = world.Pushed("new");
        world.ClearCounters();

        (await world.HandleAsync(pushed)).DeletedCount.ShouldBe(1);

        world.Index.Calls.Count(call => call == "write").ShouldBe(2, "the pushed image, and what is protected now");
    }

    static readonly Settings ThreeNewest = new() { Policy = new RetentionPolicy { KeepNewest = 3 } };

    [Fact]
    public async Task A_wiped_index_is_made_anew_and_then_prunes_as_before()
    {
        var world = new PushScenario(ThreeNewest);
        world.HasImages(3, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        world.IndexIsWiped();

        var result = await world.PushAsync("new");

        result.Resynced.ShouldBeTrue();
        world.Images.ShouldBe(["new", "old-2", "old-3"]);
    }

    [Fact]
    public async Task Newer_images_that_no_longer_exist_do_not_push_out_what_is_now_among_the_newest()
    {
        var world = new PushScenario(ThreeNewest);
        world.HasImages(6, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        foreach (var tag in (string[])["old-4", "old-5", "old-6"])
            world.DeletedByHand(tag);

        var result = await world.PushAsync("new");

        result.Expired.ShouldHaveSingleItem().Tags.ShouldBe(["old-1"]);
        world.Images.ShouldBe(["new", "old-2", "old-3"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public async Task An_index_full_of_phantoms_deletes_nothing_that_the_rule_keeps_and_is_mended(int phantoms)
    {
        var world = new PushScenario(ThreeNewest);
        for (var n = 0; n < phantoms; n++)
            world.HasImage($"phantom-{n}", 10 + n);
        world.HasImages(2, daysOld: 50);
        await world.KnowsTheRepositoryAsync();
        for (var n = 0; n < phantoms; n++)
            world.DeletedByHand($"phantom-{n}");

        var result = await world.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        world.Images.ShouldBe(["new", "old-1", "old-2"]);
        var contents = await world.Index.ReadAllAsync(PushScenario.App, default);
        contents.Rows.Count.ShouldBe(phantoms > 3 ? 3 : contents.Rows.Count);
        (await world.Index.NewestAsync(PushScenario.App, Kind.Image, 3, default)).Count(e => contents.Rows[e.Digest].Tags[0].StartsWith("phantom", StringComparison.Ordinal)).ShouldBe(0);
    }

    [Fact]
    public async Task An_image_that_became_protected_is_kept_and_no_longer_proposed()
    {
        var world = new PushScenario(ThreeNewest with { Policy = ThreeNewest.Policy with { ProtectTags = WildcardSet.Of("prod") } });
        world.HasImages(4, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        // The event of this retag is lost.
        var oldest = world.Ecr.Images(PushScenario.App).Single(i => i.Tags.Contains("old-1"));
        world.Ecr.PutImage(new PutImageCall { RepositoryName = PushScenario.App, ImageManifest = ManifestFactory.Image("old-1", 1_000).Text, ImageTag = "prod" });

        var first = await world.PushAsync("new-1");
        world.ClearCounters();
        var second = await world.PushAsync("new-2");

        first.Expired.ShouldHaveSingleItem().Tags.ShouldBe(["old-2"]);
        second.Expired.ShouldHaveSingleItem().Tags.ShouldBe(["old-3"]);
        world.Ecr.Images(PushScenario.App).ShouldContain(i => i.Digest == oldest.Digest);
        world.Ecr.Calls.Count("DescribeImages").ShouldBe(2);
    }

    [Fact]
    public async Task A_candidate_that_was_deleted_and_pushed_again_is_young()
    {
        var world = new PushScenario(ThreeNewest);
        world.HasImages(4, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        world.DeletedByHand("old-1");
        world.Ecr.PutImage(ManifestFactory.Image("old-1", 1_000).Put(PushScenario.App, "old-1"));

        var result = await world.PushAsync("new");

        result.Expired.SelectMany(e => e.Tags).ShouldBe(["old-2", "old-3"], ignoreOrder: true);
        world.Images.ShouldBe(["new", "old-1", "old-4"]);
    }

    [Fact]
    public async Task An_archived_image_of_the_window_does_not_outrank_anything()
    {
        var world = new PushScenario(ThreeNewest);
        world.HasImages(4, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        var youngest = world.Ecr.Images(PushScenario.App).Single(i => i.Tags.Contains("old-4"));
        world.Ecr.UpdateImageStorageClass(new UpdateImageStorageClassCall
        {
            RepositoryName = PushScenario.App,
            ImageId = EcrImageId.Digest(youngest.Digest),
            TargetStorageClass = "ARCHIVE",
        });

        var result = await world.PushAsync("new");

        result.Expired.ShouldHaveSingleItem().Tags.ShouldBe(["old-1"]);
        world.Images.ShouldBe(["new", "old-2", "old-3", "old-4"]);
    }

    [Fact]
    public async Task What_somebody_else_deleted_is_buried_too()
    {
        var world = new PushScenario(ThreeNewest);
        var gone = world.HasImage("gone", 50);
        world.HasImages(3, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        world.DeletedByHand("gone");

        await world.PushAsync("new");

        var tombstone = await world.Index.FindTombstoneAsync(PushScenario.App, gone, default);
        tombstone.ShouldNotBeNull().Reason.ShouldStartWith("found gone");
    }

    [Fact]
    public async Task A_row_written_by_another_run_meanwhile_is_not_removed()
    {
        var world = new PushScenario(ThreeNewest);
        var oldest = world.HasImage("oldest", 50);
        world.HasImages(3, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        // Between confirmation and delete somebody promotes the image, and that event is handled first.
        world.Meanwhile("BatchDeleteImage", () =>
        {
            var evt = world.Ecr.PutImage(ManifestFactory.Image("oldest", 1_000).Put(PushScenario.App, "prod")).Event!;
            world.HandleAsync(evt).GetAwaiter().GetResult();
        });

        await world.PushAsync("new");

        world.Ecr.Images(PushScenario.App).ShouldContain(i => i.Digest == oldest.Value && i.Tags.Contains("prod"), "a pair delete spares what gained a tag");
        var rows = (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows;
        rows.ShouldContainKey(oldest);
        rows[oldest].History.PromotedAt.ShouldNotBeNull();
    }
}
