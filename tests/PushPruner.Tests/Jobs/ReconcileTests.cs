using PushPruner.Jobs;
using PushPruner.Listing;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>The reconcile of one repository, from an index that may know nothing of it.</summary>
public class ReconcileTests
{
    static readonly Settings TwoNewest = new() { Policy = new RetentionPolicy { KeepNewest = 2 } };

    [Fact]
    public async Task Images_that_expired_while_nobody_pushed_are_deleted_and_the_index_is_filled()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImages(5, daysOld: 40);

        var result = await scenario.ReconcileAsync();

        scenario.Images.ShouldBe(["old-4", "old-5"]);
        result.ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(Outcome.Pruned),
            r => r.Done.ShouldBeTrue(),
            r => r.Images.ShouldBe(5),
            r => r.Kept.ShouldBe(2),
            r => r.ExpiredCount.ShouldBe(3),
            r => r.Expired.Select(e => e.Tags.Single()).ShouldBe(["old-1", "old-2", "old-3"], "the oldest first"),
            r => r.DeletedCount.ShouldBe(3),
            r => r.Bytes.ShouldBe(3_000),
            r => r.Drift.ShouldBe(new Drift(Missing: 2, Phantom: 0, Stale: 0), "what the run itself deleted isn't counted"));
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_second_one_lists_and_reads_and_does_nothing_else()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepFor = TimeSpan.FromDays(90) } });
        scenario.HasImages(1_500, daysOld: 1);
        Release.Of("release").IsIn(scenario.Ecr, 2);
        await scenario.ReconcileAsync();
        scenario.ClearCounters();

        var result = await scenario.ReconcileAsync();

        result.Outcome.ShouldBe(Outcome.NothingExpired);
        result.Drift.ShouldBe(Drift.None);
        scenario.Index.Calls.ShouldBe(["read", "read all"]);
        scenario.Ecr.Calls.Count("DescribeImages").ShouldBe(2, "1,507 manifests, a thousand a page");
        scenario.Ecr.Calls.Count("ListTagsForResource").ShouldBe(1);
        scenario.Ecr.Calls.Count().ShouldBe(3, "no index is read again, and nothing is mutated");
    }

    [Fact]
    public async Task It_prunes_a_repository_whose_pushes_were_deferred_and_lets_them_go_on()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImages(5, daysOld: 40);
        (await scenario.HandleAsync(scenario.Pushed("one"), timeLeft: TimeSpan.FromSeconds(29))).Outcome.ShouldBe(Outcome.Deferred);
        (await scenario.PushAsync("two")).Outcome.ShouldBe(Outcome.Deferred);

        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(5);

        (await scenario.PushAsync("three")).Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Images.ShouldBe(["one", "three", "two"]);
    }

    [Fact]
    public async Task Its_dry_run_changes_nothing_in_ECR_and_lists_what_the_real_run_deletes()
    {
        var scenario = new PushScenario(TwoNewest);
        Release.Of("1.0").IsIn(scenario.Ecr, 60);
        Release.Of("2.0").IsIn(scenario.Ecr, 50);
        scenario.HasImages(3, daysOld: 40);
        scenario.ClearCounters();

        var dry = await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = true });

        dry.ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(Outcome.DryRun),
            r => r.DryRun.ShouldBeTrue());
        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
        var real = await scenario.ReconcileAsync();
        real.Deleted.Order(StringComparer.Ordinal).ShouldBe(dry.Deleted.Order(StringComparer.Ordinal));
        real.Expired.Select(e => e.Digest).ShouldBe(dry.Expired.Select(e => e.Digest));
        real.Bytes.ShouldBe(dry.Bytes);
    }

    [Fact]
    public async Task A_dry_run_of_the_settings_is_not_switched_off_by_an_order()
    {
        var scenario = new PushScenario(TwoNewest with { DryRun = true });
        scenario.HasImages(5, daysOld: 40);

        (await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = false })).Outcome.ShouldBe(Outcome.DryRun);
    }

    [Fact]
    public async Task More_than_MAX_DELETES_halts_it_with_the_number_and_the_command_that_approves_it()
    {
        var scenario = new PushScenario(TwoNewest with { MaxDeletes = 3 });
        scenario.HasImages(6, daysOld: 40);

        var halted = await scenario.ReconcileAsync();

        halted.Outcome.ShouldBe(Outcome.Halted);
        halted.Why.ShouldBe(
            "4 images would be deleted, more than MAX_DELETES (3). Review them; to approve, run: reconcile team/app with maxDeletes 4, "
                + "asOf 2026-06-01T12:00:00Z and policy "
            + PolicyHash.Of(scenario.Settings.Policy));
        halted.ExpiredCount.ShouldBe(4);
        halted.DeletedCount.ShouldBe(0);
        scenario.Images.Count.ShouldBe(6);
        (await scenario.ApproveAsync()).DeletedCount.ShouldBe(4);
    }

    [Fact]
    public async Task Leftover_members_count_against_MAX_DELETES()
    {
        var scenario = new PushScenario(TwoNewest with { MaxDeletes = 2 });
        for (var n = 0; n < 3; n++)
        {
            scenario.Ecr.Seed(
                PushScenario.App,
                ManifestFactory.Image($"lone-{n}", 10).At(PushScenario.Noon.AddDays(-40)) with
                {
                    SubjectDigest = A.DigestOf(n + 1).Value,
                });
        }

        (await scenario.ReconcileAsync()).Outcome.ShouldBe(Outcome.Halted);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 3)]
    public async Task An_order_never_keeps_less_than_the_repository_s_own_tag_asks(int ordered, int kept)
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 4 } });
        scenario.HasImages(6, daysOld: 40);
        scenario.ResourceTag(RepositoryOverrides.KeepNewestTag, "2");

        (await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { KeepNewest = ordered })).Kept.ShouldBe(kept);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(45, 0)]
    [InlineData(35, 4)]
    public async Task A_request_may_not_keep_images_for_less_time_than_the_repository_s_tags(int ordered, int deleted)
    {
        var scenario = new PushScenario(TwoNewest with { Policy = TwoNewest.Policy with { KeepFor = TimeSpan.FromDays(90) } });
        scenario.HasImages(6, daysOld: 40);
        scenario.ResourceTag(RepositoryOverrides.KeepDaysTag, deleted > 0 ? "20" : "41");

        (
            await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { KeepFor = TimeSpan.FromDays(ordered) })
        ).DeletedCount.ShouldBe(deleted);
    }

    [Fact]
    public async Task The_request_s_numbers_override_the_settings()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 4, KeepFor = TimeSpan.FromDays(90) } });
        scenario.HasImages(6, daysOld: 40);

        var result = await scenario.ReconcileAsync(
            new ReconcileRequest(PushScenario.App) { KeepNewest = 1, KeepFor = TimeSpan.FromDays(10) }
        );

        result.DeletedCount.ShouldBe(5);
        (await scenario.PushAsync("new")).Outcome.ShouldBe(Outcome.NothingExpired, "it was for that run alone");
    }

    [Theory]
    [InlineData(RepositoryOverrides.EnabledTag, "false")]
    [InlineData(RepositoryOverrides.KeepNewestTag, "many")]
    public async Task A_repository_that_is_disabled_or_whose_overrides_are_malformed_is_kept_whole(string key, string value)
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImages(5, daysOld: 40);
        scenario.ResourceTag(key, value);

        var result = await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { KeepNewest = 1, MaxDeletes = 100 });

        result.Outcome.ShouldBe(Outcome.Ignored);
        result.Why.ShouldNotBeNull().ShouldContain(key);
        result.ShouldSatisfyAllConditions(
            r => r.Images.ShouldBe(5), r => r.Kept.ShouldBe(5), r => r.ExpiredCount.ShouldBe(0), r => r.Done.ShouldBeTrue());
        scenario.Images.Count.ShouldBe(5);
    }

    [Fact]
    public async Task An_empty_repository_is_no_error()
    {
        var result = await new PushScenario(TwoNewest).ReconcileAsync();

        result.ShouldSatisfyAllConditions(r => r.Outcome.ShouldBe(Outcome.NothingExpired), r => r.Images.ShouldBe(0));
    }

    [Fact]
    public async Task Of_a_repository_that_is_gone_nothing_is_remembered()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImages(3, daysOld: 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Send(new DeleteRepositoryCall { RepositoryName = PushScenario.App, Force = true });

        var result = await scenario.ReconcileAsync();

        result.ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(Outcome.Gone), r => r.Done.ShouldBeTrue(), r => r.Drift.ShouldBe(new Drift(0, Phantom: 3, 0)));
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_promotion_that_only_the_index_remembers_survives_it()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImages(4, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Settings = TwoNewest with { DryRun = true };
        await scenario.HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("old-1", 1_000).Put(PushScenario.App, "stable")).Event!);
        scenario.Settings = TwoNewest;

        await scenario.ReconcileAsync();
        await scenario.ReconcileAsync();

        scenario.Images.ShouldBe(["old-1+stable", "old-3", "old-4"]);
    }

    [Fact]
    public async Task Archived_images_are_neither_counted_nor_touched()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImages(3, daysOld: 40);
        for (var n = 0; n < 3; n++)
            scenario.HasImage($"archived-{n}", 5, i => i with { Status = "ARCHIVED" });

        var result = await scenario.ReconcileAsync();

        result.DeletedCount.ShouldBe(1);
        scenario.Images.ShouldBe(["archived-0", "archived-1", "archived-2", "old-2", "old-3"]);
    }
}
