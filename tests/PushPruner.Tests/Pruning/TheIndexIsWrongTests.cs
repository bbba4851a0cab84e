using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>The index proposes, ECR disposes: whatever stands in the index, nothing is deleted that the rule keeps.</summary>
public class TheIndexIsWrongTests
{
    [Fact]
    public async Task What_a_push_finds_filed_wrongly_is_written_once()
    {
        var scenario = new PushScenario(
            new Settings
            {
                Policy = new RetentionPolicy { KeepNewest = 1, ProtectTags = WildcardSet.Of("prod") },
            });
        scenario.HasImages(2, daysOld: 50);
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.PutImage(ManifestFactory.Image("old-1", 1_000).Put(PushScenario.App, "prod"));
        var pushed = scenario.Pushed("new");
        scenario.ClearCounters();

        (await scenario.HandleAsync(pushed)).DeletedCount.ShouldBe(1);

        scenario.Index.Calls.Count(call => call == "write").ShouldBe(2, "the pushed image, and what is protected now");
    }

    static readonly Settings ThreeNewest = new() { Policy = new RetentionPolicy { KeepNewest = 3 } };

    [Fact]
    public async Task A_wiped_index_is_made_anew_and_then_prunes_as_before()
    {
        var scenario = new PushScenario(ThreeNewest);
        scenario.HasImages(3, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.IndexIsWiped();

        var result = await scenario.PushAsync("new");

        result.Resynced.ShouldBeTrue();
        scenario.Images.ShouldBe(["new", "old-2", "old-3"]);
    }

    [Fact]
    public async Task Newer_images_that_no_longer_exist_do_not_push_out_what_is_now_among_the_newest()
    {
        var scenario = new PushScenario(ThreeNewest);
        scenario.HasImages(6, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        foreach (var tag in (string[])["old-4", "old-5", "old-6"])
            scenario.DeletedByHand(tag);

        var result = await scenario.PushAsync("new");

        result.Expired.ShouldHaveSingleItem().Tags.ShouldBe(["old-1"]);
        scenario.Images.ShouldBe(["new", "old-2", "old-3"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public async Task An_index_full_of_phantoms_deletes_nothing_that_the_rule_keeps_and_is_mended(int phantoms)
    {
        var scenario = new PushScenario(ThreeNewest);
        for (var n = 0; n < phantoms; n++)
            scenario.HasImage($"phantom-{n}", 10 + n);
        scenario.HasImages(2, daysOld: 50);
        await scenario.KnowsTheRepositoryAsync();
        for (var n = 0; n < phantoms; n++)
            scenario.DeletedByHand($"phantom-{n}");

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Images.ShouldBe(["new", "old-1", "old-2"]);
        var contents = await scenario.Index.ReadAllAsync(PushScenario.App, default);
        contents.Rows.Count.ShouldBe(phantoms > 3 ? 3 : contents.Rows.Count);
        (await scenario.Index.NewestAsync(PushScenario.App, Kind.Image, 3, default))
            .Count(e => contents.Rows[e.Digest].Tags[0].StartsWith("phantom", StringComparison.Ordinal))
            .ShouldBe(0);
    }

    [Fact]
    public async Task An_image_that_became_protected_is_kept_and_no_longer_proposed()
    {
        var scenario = new PushScenario(ThreeNewest with { Policy = ThreeNewest.Policy with { ProtectTags = WildcardSet.Of("prod") } });
        scenario.HasImages(4, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        // The event of this retag is lost.
        var oldest = scenario.Ecr.Images(PushScenario.App).Single(i => i.Tags.Contains("old-1"));
        scenario.Ecr.PutImage(
            new PutImageCall
            {
                RepositoryName = PushScenario.App, ImageManifest = ManifestFactory.Image("old-1", 1_000).Text, ImageTag = "prod",
            });

        var first = await scenario.PushAsync("new-1");
        scenario.ClearCounters();
        var second = await scenario.PushAsync("new-2");

        first.Expired.ShouldHaveSingleItem().Tags.ShouldBe(["old-2"]);
        second.Expired.ShouldHaveSingleItem().Tags.ShouldBe(["old-3"]);
        scenario.Ecr.Images(PushScenario.App).ShouldContain(i => i.Digest == oldest.Digest);
        scenario.Ecr.Calls.Count("DescribeImages").ShouldBe(2);
    }

    [Fact]
    public async Task A_candidate_that_was_deleted_and_pushed_again_is_young()
    {
        var scenario = new PushScenario(ThreeNewest);
        scenario.HasImages(4, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.DeletedByHand("old-1");
        scenario.Ecr.PutImage(ManifestFactory.Image("old-1", 1_000).Put(PushScenario.App, "old-1"));

        var result = await scenario.PushAsync("new");

        result.Expired.SelectMany(e => e.Tags).ShouldBe(["old-2", "old-3"], ignoreOrder: true);
        scenario.Images.ShouldBe(["new", "old-1", "old-4"]);
    }

    [Fact]
    public async Task An_archived_image_of_the_window_does_not_outrank_anything()
    {
        var scenario = new PushScenario(ThreeNewest);
        scenario.HasImages(4, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        var youngest = scenario.Ecr.Images(PushScenario.App).Single(i => i.Tags.Contains("old-4"));
        scenario.Ecr.UpdateImageStorageClass(new UpdateImageStorageClassCall
        {
            RepositoryName = PushScenario.App,
            ImageId = EcrImageId.Digest(youngest.Digest),
            TargetStorageClass = "ARCHIVE",
        });

        var result = await scenario.PushAsync("new");

        result.Expired.ShouldHaveSingleItem().Tags.ShouldBe(["old-1"]);
        scenario.Images.ShouldBe(["new", "old-2", "old-3", "old-4"]);
    }

    [Fact]
    public async Task An_image_that_somebody_else_deleted_gets_a_tombstone()
    {
        var scenario = new PushScenario(ThreeNewest);
        var gone = scenario.HasImage("gone", 50);
        scenario.HasImages(3, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.DeletedByHand("gone");

        await scenario.PushAsync("new");

        var tombstone = await scenario.Index.FindTombstoneAsync(PushScenario.App, gone, default);
        tombstone.ShouldNotBeNull().Reason.ShouldStartWith("found gone");
    }

    [Fact]
    public async Task A_row_written_by_another_run_meanwhile_is_not_removed()
    {
        var scenario = new PushScenario(ThreeNewest);
        var oldest = scenario.HasImage("oldest", 50);
        scenario.HasImages(3, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        // Between confirmation and delete somebody promotes the image, and that event is handled first.
        scenario.Meanwhile("BatchDeleteImage", () =>
        {
            var evt = scenario.Ecr.PutImage(ManifestFactory.Image("oldest", 1_000).Put(PushScenario.App, "prod")).Event!;
            scenario.HandleAsync(evt).GetAwaiter().GetResult();
        });

        await scenario.PushAsync("new");

        scenario.Ecr
            .Images(PushScenario.App)
            .ShouldContain(i => i.Digest == oldest.Value && i.Tags.Contains("prod"), "a pair delete spares what gained a tag");
        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows;
        rows.ShouldContainKey(oldest);
        rows[oldest].History.PromotedAt.ShouldNotBeNull();
    }
}
