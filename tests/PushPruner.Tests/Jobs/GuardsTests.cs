using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

public class GuardsTests
{
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    [Fact]
    public async Task The_pushed_digest_is_never_deleted_by_its_own_event()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("newer", 1);
        var old = world.HasImage("old", 50);
        var late = new RegistryEvent { Id = "e", DetailType = "", ActionType = "PUSH", Repository = PushScenario.App, Digest = old.Value, Tag = "old", At = PushScenario.Noon.AddDays(-50), Json = "" };

        (await world.HandleAsync(late)).Outcome.ShouldBe(Outcome.NothingExpired);
        world.Images.ShouldBe(["newer", "old"]);
        (await world.PushAsync("next")).Expired.ShouldHaveSingleItem().Tags.ShouldBe(["old"]);
    }

    [Fact]
    public async Task A_promotion_by_a_retag_keeps_an_old_image_for_X_days_more()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("1.0", 50);
        world.HasImage("1.1", 49);
        world.HasImage("1.2", 48);
        await world.KnowsTheRepositoryAsync();

        var retag = world.Ecr.PutImage(ManifestFactory.Image("1.0", 1_000).Put(PushScenario.App, "stable")).Event!;
        (await world.HandleAsync(retag)).Expired.ShouldHaveSingleItem().Tags.ShouldBe(["1.1"]);
        world.Clock.Advance(TimeSpan.FromDays(30));
        await world.PushAsync("2.0");
        world.Images.ShouldContain("1.0+stable");

        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.PushAsync("2.1");
        world.Images.ShouldNotContain("1.0+stable");
    }

    [Fact]
    public async Task More_than_may_be_deleted_deletes_none_and_says_so()
    {
        var world = new PushScenario(OneNewest with { MaxDeletes = 5 });
        world.HasImages(7, daysOld: 40);

        var result = await world.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Halted);
        result.Why.ShouldNotBeNull().ShouldStartWith("at least 6 images would be deleted, more than MAX_DELETES (5). Review them; to approve, run: ");
        result.ExpiredCount.ShouldBe(6);
        result.DeletedCount.ShouldBe(0);
        result.Bytes.ShouldBe(0);
        world.Images.Count.ShouldBe(8);
        world.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
    }

    [Fact]
    public async Task As_many_as_may_be_deleted_are_deleted()
    {
        var world = new PushScenario(OneNewest with { MaxDeletes = 7 });
        world.HasImages(7, daysOld: 40);

        (await world.PushAsync("new")).DeletedCount.ShouldBe(7);
        world.Images.ShouldBe(["new"]);
    }

    [Fact]
    public async Task A_halted_push_looks_at_one_more_than_may_be_deleted_each_time()
    {
        var world = new PushScenario(OneNewest with { MaxDeletes = 5 });
        world.HasImages(60, daysOld: 40);
        await world.KnowsTheRepositoryAsync();

        (await world.PushAsync("new")).Outcome.ShouldBe(Outcome.Halted);
        world.Ecr.Calls.All.Where(c => c.Operation == "DescribeImages").Sum(c => c.IdCount).ShouldBe(1 + 6 + 1);
    }

    [Fact]
    public async Task A_dry_run_lists_what_the_real_run_deletes_and_changes_nothing()
    {
        var dry = new PushScenario(OneNewest with { DryRun = true });
        var real = new PushScenario(OneNewest);
        foreach (var world in (PushScenario[])[dry, real])
            world.HasImages(4, daysOld: 40);

        var would = await dry.PushAsync("new");
        var did = await real.PushAsync("new");

        would.Outcome.ShouldBe(Outcome.DryRun);
        would.Deleted.ShouldBe(did.Deleted);
        would.Expired.Select(e => e.Digest).ShouldBe(did.Expired.Select(e => e.Digest));
        would.Bytes.ShouldBe(did.Bytes);
        dry.Images.Count.ShouldBe(5);
        dry.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
    }

    [Fact]
    public async Task A_tag_that_moved_between_confirmation_and_delete_keeps_its_new_bearer()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("1.0", 50);
        world.HasImage("1.1", 1);
        await world.KnowsTheRepositoryAsync();
        world.Meanwhile("BatchDeleteImage", () =>
        {
            world.Ecr.PutImage(ManifestFactory.Image("other", 1_000).Put(PushScenario.App, "1.0"));
        });

        var result = await world.PushAsync("new");

        result.DeletedCount.ShouldBe(0);
        result.Failed.ShouldHaveSingleItem();
        world.Images.ShouldContain("1.0");
    }

    [Fact]
    public async Task The_member_of_an_index_that_ECR_refuses_to_delete_is_kept_and_not_asked_for_again()
    {
        var world = new PushScenario(OneNewest);
        var member = ManifestFactory.Image("member", 1_000);
        world.Ecr.Seed(PushScenario.App, member.At(PushScenario.Noon.AddDays(-50), "staged"));
        world.Ecr.Seed(PushScenario.App, ManifestFactory.ManifestList(member).At(PushScenario.Noon.AddDays(-49), "index"));
        world.HasImage("newer", 1);
        world.Settings = world.Settings with { Policy = world.Settings.Policy with { ProtectTags = WildcardSet.Of("index") } };
        await world.KnowsTheRepositoryAsync();

        var first = await world.PushAsync("new");
        world.ClearCounters();
        var second = await world.PushAsync("next");

        first.ShouldSatisfyAllConditions(r => r.DeletedCount.ShouldBe(0), r => r.FailedCount.ShouldBe(0));
        second.Outcome.ShouldBe(Outcome.NothingExpired);
        world.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
        world.Images.ShouldContain("staged");
    }

    [Fact]
    public async Task A_refusal_is_a_result_and_the_next_push_tries_again()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("old", 50);
        world.HasImage("newer", 1);
        await world.KnowsTheRepositoryAsync();
        world.Ecr.Faults.DenyNext("BatchDeleteImage");

        // A whole call refused is an exception that reaches the failure queue.
        await Should.ThrowAsync<EcrError>(() => world.PushAsync("new"));
        world.Images.ShouldContain("old");

        (await world.PushAsync("next")).DeletedCount.ShouldBe(1);
        world.Images.ShouldNotContain("old");
    }

    [Fact]
    public async Task A_push_whose_image_is_already_gone_says_so()
    {
        var world = new PushScenario();
        world.HasImages(2, daysOld: 1);
        await world.KnowsTheRepositoryAsync();
        var pushed = world.Pushed("short-lived");
        world.DeletedByHand("short-lived");
        world.Clock.Advance(TimeSpan.FromMinutes(2));

        (await world.HandleAsync(pushed)).Outcome.ShouldBe(Outcome.Gone);
    }

    [Fact]
    public async Task A_push_whose_repository_is_gone_says_so()
    {
        var world = new PushScenario();
        var pushed = world.Pushed("1.0");
        world.Ecr.DeleteRepository(new DeleteRepositoryCall { RepositoryName = PushScenario.App, Force = true });

        (await world.HandleAsync(pushed)).Outcome.ShouldBe(Outcome.Gone);
    }

    [Fact]
    public async Task A_repository_that_can_t_be_listed_in_time_is_deferred_at_once_from_then_on()
    {
        var world = new PushScenario(OneNewest);
        world.HasImages(3, daysOld: 40);

        (await world.HandleAsync(world.Pushed("new"), timeLeft: TimeSpan.FromSeconds(29))).Outcome.ShouldBe(Outcome.Deferred);
        world.ClearCounters();
        (await world.PushAsync("next")).Outcome.ShouldBe(Outcome.Deferred);

        world.Ecr.Calls.ToString().ShouldBe("DescribeImages 1, PutImage 1", "the push itself is recorded, for it may be a promotion");
        world.Images.Count.ShouldBe(5);
    }

    [Fact]
    public async Task An_untagged_image_goes_by_its_digest_once_a_listing_proved_it()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("untagged", 50, i => i with { Tags = [] });
        world.HasImage("newer", 1);

        (await world.PushAsync("new")).DeletedCount.ShouldBe(1);
        world.Images.ShouldBe(["new", "newer"]);
    }

    [Fact]
    public async Task An_untagged_push_pushes_nothing_out()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("old", 50);
        await world.KnowsTheRepositoryAsync();

        (await world.PushAsync(tag: null)).Outcome.ShouldBe(Outcome.NothingExpired);
        world.Images.ShouldContain("old");
    }

    [Fact]
    public async Task An_image_that_loses_its_tag_stays_an_image()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("latest", 50);
        await world.KnowsTheRepositoryAsync();

        // latest moves on; the old bearer is untagged, was seen tagged, and keeps its rank.
        (await world.PushAsync("latest")).Expired.ShouldHaveSingleItem().Tags.ShouldBeEmpty();
        world.Images.ShouldBe(["latest"]);
    }

    [Fact]
    public async Task Concurrent_first_pushes_do_not_harm_each_other()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 3 } });
        world.HasImages(5, daysOld: 40);
        var events = Enumerable.Range(0, 20).Select(n => world.Pushed($"new-{n}")).ToList();

        await Task.WhenAll(events.Select(e => Task.Run(() => world.HandleAsync(e))));

        world.Images.Count.ShouldBe(20);
        world.Images.ShouldAllBe(tag => tag.StartsWith("new-", StringComparison.Ordinal));
        (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Images_that_are_no_more_than_the_parts_of_releases_do_not_push_a_release_out()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 4 } });
        for (var r = 1; r <= 3; r++)
        {
            var at = PushScenario.Noon.AddDays(-50 + r);
            LocalManifest[] members = [ManifestFactory.Image($"amd{r}", 1_000), ManifestFactory.Image($"arm{r}", 1_000, "linux/arm64")];
            world.Ecr.Seed(PushScenario.App, members[0].At(at, $"{r}.0-amd64"));
            world.Ecr.Seed(PushScenario.App, members[1].At(at, $"{r}.0-arm64"));
            world.Ecr.Seed(PushScenario.App, ManifestFactory.ManifestList(members).At(at.AddSeconds(5), $"{r}.0"));
        }

        var result = await world.PushAsync("4.0");

        result.Deleted.ShouldBeEmpty();
        world.Images.ShouldContain("1.0");
        world.Images.ShouldContain("2.0");
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59.5Z")]
    public async Task An_event_from_the_end_of_time_is_no_exception(string time)
    {
        var world = new PushScenario();
        world.HasImages(2, daysOld: 1);
        await world.KnowsTheRepositoryAsync();
        var pushed = world.Pushed("new");

        (await world.HandleAsync(pushed with { At = DateTimeOffset.Parse(time, null) })).Outcome.ShouldBe(Outcome.NothingExpired);
    }

    [Fact]
    public async Task A_run_short_of_time_does_not_say_pruned_without_a_word()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("old", 50);
        world.HasImage("newer", 1);
        await world.KnowsTheRepositoryAsync();

        var result = await world.HandleAsync(world.Pushed("new"), timeLeft: TimeSpan.FromSeconds(29));

        (result.Outcome == Outcome.Pruned && result.DeletedCount == 0 && result.FailedCount == 0 && result.Why is null).ShouldBeFalse();
    }
}
