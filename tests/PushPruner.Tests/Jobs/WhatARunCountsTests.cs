using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>What a run tells whoever measures it, beside its answer.</summary>
public sealed class WhatARunCountsTests
{
    static readonly Settings Settings = new() { Policy = new RetentionPolicy { KeepNewest = 3, ProtectTags = WildcardSet.Of("prod") } };

    [Fact]
    public async Task An_image_is_counted_as_deleted_with_all_its_manifests()
    {
        var scenario = new PushScenario(Settings);
        var release = Release.Of("1.0");
        release.IsIn(scenario.Ecr, daysOld: 60);
        scenario.HasImages(3, daysOld: 40);

        var result = await scenario.ReconcileAsync();

        (scenario.Tally.ImagesDeleted, scenario.Tally.ManifestsDeleted, scenario.Tally.BytesFreed).ShouldBe(
            (1, release.Digests.Count, result.Bytes));
    }

    [Fact]
    public async Task A_dry_run_and_a_halted_one_delete_nothing()
    {
        var scenario = new PushScenario(Settings with { DryRun = true });
        scenario.HasImages(5, daysOld: 40);
        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(2);
        (scenario.Tally.ImagesDeleted, scenario.Tally.BytesFreed).ShouldBe((0, 0));

        scenario.Settings = Settings with { MaxDeletes = 1 };
        (await scenario.ReconcileAsync()).Outcome.ShouldBe(Outcome.Halted);
        (scenario.Tally.ImagesDeleted, scenario.Tally.BytesFreed).ShouldBe((0, 0));
    }

    [Fact]
    public async Task What_was_deleted_before_a_run_fails_is_counted()
    {
        var scenario = new PushScenario(Settings);
        scenario.HasImages(153, daysOld: 40);
        var calls = 0;
        scenario.Ecr.Faults.OnCall(call => call.Operation == "BatchDeleteImage" && ++calls > 1 ? Fault.AccessDenied : null);

        await Should.ThrowAsync<Exception>(() => scenario.ReconcileAsync());

        scenario.Tally.ManifestsDeleted.ShouldBe(100);
        scenario.Ecr.Images(PushScenario.App).Count.ShouldBe(53);
    }

    [Fact]
    public async Task A_deleted_image_counts_even_if_its_row_could_not_be_removed()
    {
        var scenario = new PushScenario(Settings);
        scenario.HasImages(5, daysOld: 40);
        scenario.Index.Before = call =>
        {
            if (call == "remove")
                throw new IOException("the table is out of reach");
        };

        await Should.ThrowAsync<IOException>(() => scenario.ReconcileAsync());

        scenario.Ecr.Images(PushScenario.App).Count.ShouldBe(3);
        (scenario.Tally.ImagesDeleted, scenario.Tally.ManifestsDeleted).ShouldBe((2, 2));
    }

    [Fact]
    public async Task A_deleted_image_is_in_the_log_even_if_its_tombstone_could_not_be_written()
    {
        var logger = new BrokenLogger(_ => false);
        var scenario = new PushScenario(Settings) { Logger = logger };
        scenario.HasImages(5, daysOld: 40);
        scenario.Index.Before = call =>
        {
            if (call == "write tombstone")
                throw new IOException("the table is out of reach");
        };

        await Should.ThrowAsync<IOException>(() => scenario.ReconcileAsync());

        scenario.Ecr.Images(PushScenario.App).Count.ShouldBe(3);
        scenario.Tally.ManifestsDeleted.ShouldBe(2);
        logger.Written.Count(line => line.StartsWith("Deleted: sha256:", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_quiet_push_and_one_that_prunes_find_no_contradiction()
    {
        var scenario = await KnownAsync();
        await scenario.PushAsync("new");
        scenario.Tally.Contradictions.ShouldBe(0);

        scenario.Clock.Advance(TimeSpan.FromDays(40));
        (await scenario.PushAsync("newer")).DeletedCount.ShouldBe(2);
        (scenario.Tally.ImagesDeleted, scenario.Tally.Contradictions).ShouldBe((2, 0));
    }

    [Fact]
    public async Task What_somebody_deleted_is_a_contradiction_and_counts_once_however_often_ecr_is_asked()
    {
        var scenario = await KnownAsync();
        scenario.Clock.Advance(TimeSpan.FromDays(40));
        scenario.DeletedByHand("old-1");

        await scenario.PushAsync("new");

        scenario.Tally.Contradictions.ShouldBe(1);
    }

    [Fact]
    public async Task A_protecting_tag_whose_event_was_lost_is_a_contradiction()
    {
        var scenario = await KnownAsync();
        scenario.Clock.Advance(TimeSpan.FromDays(40));
        scenario.Ecr.PutImage(ManifestFactory.Image("old-1", 1_000).Put(PushScenario.App, "prod"));

        await scenario.PushAsync("new");

        scenario.Tally.Contradictions.ShouldBe(1);
    }

    [Fact]
    public async Task A_pull_is_no_contradiction_because_ECR_sends_no_event_for_it()
    {
        var scenario = await KnownAsync(Settings with { Policy = Settings.Policy with { KeepPulledFor = TimeSpan.FromDays(7) } });
        scenario.Clock.Advance(TimeSpan.FromDays(40));
        scenario.Ecr.RecordPull(PushScenario.App, ManifestFactory.Image("old-1", 1_000).Digest, scenario.Clock.GetUtcNow());

        (await scenario.PushAsync("new")).ExpiredCount.ShouldBe(0);

        scenario.Tally.Contradictions.ShouldBe(0);
        scenario.Ecr.Calls.Count("DescribeImages").ShouldBe(2, "the pull kept it only once ECR was asked");
    }

    [Fact]
    public async Task A_listing_counts_the_manifests_of_the_repository_and_a_push_without_a_listing_does_not()
    {
        var scenario = new PushScenario(Settings);
        Release.Of("1.0").IsIn(scenario.Ecr, daysOld: 1);

        await scenario.PushAsync("first");
        scenario.Tally.ManifestsListed.ShouldBe(8);
        await scenario.PushAsync("second");
        scenario.Tally.ManifestsListed.ShouldBeNull();
    }

    static async Task<PushScenario> KnownAsync(Settings? settings = null)
    {
        var scenario = new PushScenario(settings ?? Settings);
        scenario.HasImages(3, daysOld: 0);
        await scenario.KnowsTheRepositoryAsync();
        return scenario;
    }
}
