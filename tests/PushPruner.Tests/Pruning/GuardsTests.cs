using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

public class GuardsTests
{
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    [Fact]
    public async Task The_pushed_digest_is_never_deleted_by_its_own_event()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("newer", 1);
        var old = scenario.HasImage("old", 50);
        var late = new RegistryEvent
        {
            Id = "e",
            DetailType = "",
            ActionType = "PUSH",
            Repository = PushScenario.App,
            Digest = old.Value,
            Tag = "old",
            At = PushScenario.Noon.AddDays(-50),
            Json = "",
        };

        (await scenario.HandleAsync(late)).Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Images.ShouldBe(["newer", "old"]);
        (await scenario.PushAsync("next")).Expired.ShouldHaveSingleItem().Tags.ShouldBe(["old"]);
    }

    [Fact]
    public async Task A_promotion_by_a_retag_keeps_an_old_image_for_X_days_more()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("1.0", 50);
        scenario.HasImage("1.1", 49);
        scenario.HasImage("1.2", 48);
        await scenario.KnowsTheRepositoryAsync();

        var retag = scenario.Ecr.PutImage(ManifestFactory.Image("1.0", 1_000).Put(PushScenario.App, "stable")).Event!;
        (await scenario.HandleAsync(retag)).Expired.ShouldHaveSingleItem().Tags.ShouldBe(["1.1"]);
        scenario.Clock.Advance(TimeSpan.FromDays(30));
        await scenario.PushAsync("2.0");
        scenario.Images.ShouldContain("1.0+stable");

        scenario.Clock.Advance(TimeSpan.FromSeconds(1));
        await scenario.PushAsync("2.1");
        scenario.Images.ShouldNotContain("1.0+stable");
    }

    [Fact]
    public async Task More_than_may_be_deleted_deletes_none_and_says_so()
    {
        var scenario = new PushScenario(OneNewest with { MaxDeletes = 5 });
        scenario.HasImages(7, daysOld: 40);

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Halted);
        result.Why
            .ShouldNotBeNull()
            .ShouldStartWith("at least 6 images would be deleted, more than MAX_DELETES (5). Review them; to approve, run: ");
        result.ExpiredCount.ShouldBe(6);
        result.DeletedCount.ShouldBe(0);
        result.Bytes.ShouldBe(0);
        scenario.Images.Count.ShouldBe(8);
        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
    }

    [Fact]
    public async Task As_many_as_may_be_deleted_are_deleted()
    {
        var scenario = new PushScenario(OneNewest with { MaxDeletes = 7 });
        scenario.HasImages(7, daysOld: 40);

        (await scenario.PushAsync("new")).DeletedCount.ShouldBe(7);
        scenario.Images.ShouldBe(["new"]);
    }

    [Fact]
    public async Task A_halted_push_looks_at_one_more_than_may_be_deleted_each_time()
    {
        var scenario = new PushScenario(OneNewest with { MaxDeletes = 5 });
        scenario.HasImages(60, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();

        (await scenario.PushAsync("new")).Outcome.ShouldBe(Outcome.Halted);
        scenario.Ecr.Calls.All.Where(c => c.Operation == "DescribeImages").Sum(c => c.IdCount).ShouldBe(1 + 6 + 1);
    }

    [Fact]
    public async Task A_dry_run_lists_what_the_real_run_deletes_and_changes_nothing()
    {
        var dry = new PushScenario(OneNewest with { DryRun = true });
        var real = new PushScenario(OneNewest);
        foreach (var scenario in (PushScenario[])[dry, real])
            scenario.HasImages(4, daysOld: 40);

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
    public async Task A_tag_that_moved_between_confirmation_and_delete_keeps_its_new_image()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("1.0", 50);
        scenario.HasImage("1.1", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Meanwhile("BatchDeleteImage", () =>
        {
            scenario.Ecr.PutImage(ManifestFactory.Image("other", 1_000).Put(PushScenario.App, "1.0"));
        });

        var result = await scenario.PushAsync("new");

        result.DeletedCount.ShouldBe(0);
        result.Failed.ShouldHaveSingleItem();
        scenario.Images.ShouldContain("1.0");
    }

    [Fact]
    public async Task The_member_of_an_index_that_ECR_refuses_to_delete_is_kept_and_not_asked_for_again()
    {
        var scenario = new PushScenario(OneNewest);
        var member = ManifestFactory.Image("member", 1_000);
        scenario.Ecr.Seed(PushScenario.App, member.At(PushScenario.Noon.AddDays(-50), "staged"));
        scenario.Ecr.Seed(PushScenario.App, ManifestFactory.ManifestList(member).At(PushScenario.Noon.AddDays(-49), "index"));
        scenario.HasImage("newer", 1);
        scenario.Settings = scenario.Settings with { Policy = scenario.Settings.Policy with { ProtectTags = WildcardSet.Of("index") } };
        await scenario.KnowsTheRepositoryAsync();

        var first = await scenario.PushAsync("new");
        scenario.ClearCounters();
        var second = await scenario.PushAsync("next");

        first.ShouldSatisfyAllConditions(r => r.DeletedCount.ShouldBe(0), r => r.FailedCount.ShouldBe(0));
        second.Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
        scenario.Images.ShouldContain("staged");
    }

    [Fact]
    public async Task A_refusal_is_a_result_and_the_next_push_tries_again()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("old", 50);
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Faults.DenyNext("BatchDeleteImage");

        // A whole call refused is an exception that reaches the failure queue.
        await Should.ThrowAsync<EcrError>(() => scenario.PushAsync("new"));
        scenario.Images.ShouldContain("old");

        (await scenario.PushAsync("next")).DeletedCount.ShouldBe(1);
        scenario.Images.ShouldNotContain("old");
    }

    [Fact]
    public async Task A_push_whose_image_is_already_gone_says_so()
    {
        var scenario = new PushScenario();
        scenario.HasImages(2, daysOld: 1);
        await scenario.KnowsTheRepositoryAsync();
        var pushed = scenario.Pushed("short-lived");
        scenario.DeletedByHand("short-lived");
        scenario.Clock.Advance(TimeSpan.FromMinutes(2));

        (await scenario.HandleAsync(pushed)).Outcome.ShouldBe(Outcome.Gone);
    }

    [Fact]
    public async Task A_push_whose_repository_is_gone_says_so()
    {
        var scenario = new PushScenario();
        var pushed = scenario.Pushed("1.0");
        scenario.Ecr.DeleteRepository(new DeleteRepositoryCall { RepositoryName = PushScenario.App, Force = true });

        (await scenario.HandleAsync(pushed)).Outcome.ShouldBe(Outcome.Gone);
    }

    [Fact]
    public async Task A_repository_that_can_t_be_listed_in_time_is_deferred_at_once_from_then_on()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImages(3, daysOld: 40);

        (await scenario.HandleAsync(scenario.Pushed("new"), timeLeft: TimeSpan.FromSeconds(29))).Outcome.ShouldBe(Outcome.Deferred);
        scenario.ClearCounters();
        (await scenario.PushAsync("next")).Outcome.ShouldBe(Outcome.Deferred);

        scenario.Ecr.Calls.ToString().ShouldBe("DescribeImages 1, PutImage 1", "the push itself is recorded, for it may be a promotion");
        scenario.Images.Count.ShouldBe(5);
    }

    [Fact]
    public async Task An_untagged_image_is_deleted_by_its_digest_once_a_listing_proved_it()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("untagged", 50, i => i with { Tags = [] });
        scenario.HasImage("newer", 1);

        (await scenario.PushAsync("new")).DeletedCount.ShouldBe(1);
        scenario.Images.ShouldBe(["new", "newer"]);
    }

    [Fact]
    public async Task An_untagged_push_pushes_nothing_out()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("old", 50);
        await scenario.KnowsTheRepositoryAsync();

        (await scenario.PushAsync(tag: null)).Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Images.ShouldContain("old");
    }

    [Fact]
    public async Task An_image_that_loses_its_tag_stays_an_image()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("latest", 50);
        await scenario.KnowsTheRepositoryAsync();

        // latest moves on; the old bearer is untagged, was seen tagged, and keeps its rank.
        (await scenario.PushAsync("latest")).Expired.ShouldHaveSingleItem().Tags.ShouldBeEmpty();
        scenario.Images.ShouldBe(["latest"]);
    }

    [Fact]
    public async Task Concurrent_first_pushes_do_not_harm_each_other()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 3 } });
        scenario.HasImages(5, daysOld: 40);
        var events = Enumerable.Range(0, 20).Select(n => scenario.Pushed($"new-{n}")).ToList();

        await Task.WhenAll(events.Select(e => Task.Run(() => scenario.HandleAsync(e))));

        scenario.Images.Count.ShouldBe(20);
        scenario.Images.ShouldAllBe(tag => tag.StartsWith("new-", StringComparison.Ordinal));
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Images_that_are_no_more_than_the_parts_of_releases_do_not_push_a_release_out()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 4 } });
        for (var r = 1; r <= 3; r++)
        {
            var at = PushScenario.Noon.AddDays(-50 + r);
            LocalManifest[] members = [ManifestFactory.Image($"amd{r}", 1_000), ManifestFactory.Image($"arm{r}", 1_000, "linux/arm64")];
            scenario.Ecr.Seed(PushScenario.App, members[0].At(at, $"{r}.0-amd64"));
            scenario.Ecr.Seed(PushScenario.App, members[1].At(at, $"{r}.0-arm64"));
            scenario.Ecr.Seed(PushScenario.App, ManifestFactory.ManifestList(members).At(at.AddSeconds(5), $"{r}.0"));
        }

        var result = await scenario.PushAsync("4.0");

        result.Deleted.ShouldBeEmpty();
        scenario.Images.ShouldContain("1.0");
        scenario.Images.ShouldContain("2.0");
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59.5Z")]
    public async Task An_event_from_the_end_of_time_is_no_exception(string time)
    {
        var scenario = new PushScenario();
        scenario.HasImages(2, daysOld: 1);
        await scenario.KnowsTheRepositoryAsync();
        var pushed = scenario.Pushed("new");

        (await scenario.HandleAsync(pushed with { At = DateTimeOffset.Parse(time, null) })).Outcome.ShouldBe(Outcome.NothingExpired);
    }

    [Fact]
    public async Task A_run_short_of_time_does_not_say_pruned_without_a_word()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("old", 50);
        scenario.HasImage("newer", 1);
        await scenario.KnowsTheRepositoryAsync();

        var result = await scenario.HandleAsync(scenario.Pushed("new"), timeLeft: TimeSpan.FromSeconds(29));

        (result.Outcome == Outcome.Pruned && result.DeletedCount == 0 && result.FailedCount == 0 && result.Why is null).ShouldBeFalse();
    }
}
