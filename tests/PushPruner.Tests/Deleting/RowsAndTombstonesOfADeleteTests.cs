using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Deleting;

/// <summary>What the result, the tombstones and the rows say after a delete at which something got in between.</summary>
public class RowsAndTombstonesOfADeleteTests
{
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    static RegistryEvent Retag(PushScenario scenario, string content, string tag) =>
        scenario.Ecr.PutImage(ManifestFactory.Image(content, 1_000).Put(PushScenario.App, tag)).Event!;

    [Fact]
    public async Task An_image_that_survives_because_it_gained_a_tag_is_not_called_deleted_and_not_buried()
    {
        var scenario = new PushScenario(OneNewest);
        var old = scenario.HasImage("old", 50);
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Meanwhile("BatchDeleteImage", () =>
        {
            scenario.HandleAsync(Retag(scenario, "old", "prod")).GetAwaiter().GetResult();
        });

        var result = await scenario.PushAsync("new");

        scenario.Images.ShouldContain("prod");
        result.DeletedCount.ShouldBe(0);
        (await scenario.Index.FindTombstoneAsync(PushScenario.App, old, default)).ShouldBeNull();
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.ShouldContainKey(old);
    }

    [Fact]
    public async Task An_image_whose_tag_was_renamed_meanwhile_is_not_called_deleted()
    {
        var scenario = new PushScenario(OneNewest);
        var old = scenario.HasImage("old", 50);
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Meanwhile("BatchDeleteImage", () =>
        {
            _ = Retag(scenario, "old", "prod");
            scenario.Ecr.Send(new BatchDeleteImageCall { RepositoryName = PushScenario.App, ImageIds = [EcrImageId.Tag("old")] });
        });

        var result = await scenario.PushAsync("new");

        scenario.Images.ShouldContain("prod");
        result.DeletedCount.ShouldBe(0, "ECR deleted nothing at all");
        (await scenario.Index.FindTombstoneAsync(PushScenario.App, old, default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_image_deleted_by_its_last_tag_is_reported_as_deleted_though_another_of_its_tags_had_moved()
    {
        var scenario = new PushScenario(OneNewest);
        var old = scenario.HasImage("1.0", 50, i => i with { Tags = ["stable", "v1.0"] });
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Meanwhile("BatchDeleteImage", () =>
        {
            _ = Retag(scenario, "other", "stable");
        });

        var result = await scenario.PushAsync("new");

        scenario.Ecr.Images(PushScenario.App).ShouldNotContain(i => i.Digest == old.Value, "ECR took the image with its last tag");
        result.DeletedCount.ShouldBe(1);
        result.FailedCount.ShouldBe(0);
        (await scenario.Index.FindTombstoneAsync(PushScenario.App, old, default)).ShouldNotBeNull().Reason.ShouldStartWith("rank");
    }

    [Fact]
    public async Task The_reason_of_a_delete_outlives_another_run_that_finds_the_image_gone()
    {
        var scenario = new PushScenario(OneNewest);
        var old = scenario.HasImage("old", 50);
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();
        var one = scenario.Pushed("one");
        var two = scenario.Pushed("two");
        scenario.Index.Before = name =>
        {
            if (name == "write tombstone")
            {
                scenario.Index.Before = null;
                scenario.HandleAsync(two).GetAwaiter().GetResult();
            }
        };

        (await scenario.HandleAsync(one)).DeletedCount.ShouldBe(1);

        (await scenario.Index.FindTombstoneAsync(PushScenario.App, old, default)).ShouldNotBeNull().Reason.ShouldStartWith("rank");
    }

    [Fact]
    public async Task A_member_of_two_indexes_is_kept_and_not_asked_for_again()
    {
        var scenario = new PushScenario(OneNewest with { Policy = OneNewest.Policy with { ProtectTags = WildcardSet.Of("index-*") } });
        var member = ManifestFactory.Image("member", 1_000);
        scenario.Ecr.Seed(PushScenario.App, member.At(PushScenario.Noon.AddDays(-50), "staged"));
        scenario.Ecr.Seed(PushScenario.App, ManifestFactory.ManifestList(member).At(PushScenario.Noon.AddDays(-49), "index-1"));
        scenario.Ecr.Seed(
            PushScenario.App,
            ManifestFactory.ManifestList(member, ManifestFactory.Image("member", 1_000)).At(PushScenario.Noon.AddDays(-48), "index-2"));
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();

        var first = await scenario.PushAsync("new");
        scenario.ClearCounters();
        await scenario.PushAsync("next");

        first.FailedCount.ShouldBe(0);
        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
    }

    [Fact]
    public async Task What_is_deleted_by_digest_in_a_later_call_is_not_confirmed_before_the_earlier_ones()
    {
        var scenario = new PushScenario(OneNewest);
        for (var n = 0; n < 150; n++)
            scenario.HasImage($"u{n}", 50 + n, i => i with { Tags = [] });
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Settings = scenario.Settings with { Policy = scenario.Settings.Policy with { ProtectTags = WildcardSet.Of("prod") } };
        scenario.Meanwhile("BatchDeleteImage", () =>
        {
            // While the first call is under way (a minute of throttling), CI deploys what the second call is to delete.
            scenario.Clock.Advance(TimeSpan.FromMinutes(1));
            scenario.HandleAsync(Retag(scenario, "u0", "prod")).GetAwaiter().GetResult();
        });

        await scenario.PushAsync("new");

        scenario.Images.ShouldContain("prod");
    }

    [Fact]
    public async Task A_row_that_another_run_has_written_since_is_not_taken_out_because_its_manifest_was_once_found_gone()
    {
        var scenario = new PushScenario(OneNewest with { Policy = new RetentionPolicy { KeepNewest = 2 } });
        var old = scenario.HasImage("old", 50);
        scenario.HasImage("newer", 1);
        scenario.HasImage("newest", 0.5);
        await scenario.KnowsTheRepositoryAsync();
        scenario.DeletedByHand("newest");
        scenario.Index.Before = name =>
        {
            if (name == "write tombstone")
            {
                scenario.Index.Before = null;
                scenario.HandleAsync(Retag(scenario, "newest", "newest")).GetAwaiter().GetResult();
            }
        };

        await scenario.PushAsync("new");

        var newest = Digest.Parse(ManifestFactory.Image("newest", 1_000).Digest);
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[newest].PushedAt.ShouldBe(PushScenario.Noon);
        scenario.Images.ShouldNotContain("old", "two newer images are there all the same");
    }
}
