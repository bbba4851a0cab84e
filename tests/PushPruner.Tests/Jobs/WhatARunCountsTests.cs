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
    public async Task What_goes_is_an_image_with_all_its_manifests()
    {
        var world = new PushScenario(Settings);
        var release = Release.Of("1.0");
        release.IsIn(world.Ecr, daysOld: 60);
        world.HasImages(3, daysOld: 40);

        var result = await world.ReconcileAsync();

        (world.Tally.ImagesDeleted, world.Tally.ManifestsDeleted, world.Tally.BytesFreed).ShouldBe((1, release.Digests.Count, result.Bytes));
    }

    [Fact]
    public async Task A_dry_run_and_a_halted_one_delete_nothing()
    {
        var world = new PushScenario(Settings with { DryRun = true });
        world.HasImages(5, daysOld: 40);
        (await world.ReconcileAsync()).DeletedCount.ShouldBe(2);
        (world.Tally.ImagesDeleted, world.Tally.BytesFreed).ShouldBe((0, 0));

        world.Settings = Settings with { MaxDeletes = 1 };
        (await world.ReconcileAsync()).Outcome.ShouldBe(Outcome.Halted);
        (world.Tally.ImagesDeleted, world.Tally.BytesFreed).ShouldBe((0, 0));
    }

    [Fact]
    public async Task What_went_before_a_run_fails_is_counted()
    {
        var world = new PushScenario(Settings);
        world.HasImages(153, daysOld: 40);
        var calls = 0;
        world.Ecr.Faults.OnCall(call => call.Operation == "BatchDeleteImage" && ++calls > 1 ? Fault.AccessDenied : null);

        await Should.ThrowAsync<Exception>(() => world.ReconcileAsync());

        world.Tally.ManifestsDeleted.ShouldBe(100);
        world.Ecr.Images(PushScenario.App).Count.ShouldBe(53);
    }

    [Fact]
    public async Task What_went_is_counted_also_where_its_row_could_not_be_removed()
    {
        var world = new PushScenario(Settings);
        world.HasImages(5, daysOld: 40);
        world.Index.Before = call =>
        {
            if (call == "remove")
                throw new IOException("the table is out of reach");
        };

        await Should.ThrowAsync<IOException>(() => world.ReconcileAsync());

        world.Ecr.Images(PushScenario.App).Count.ShouldBe(3);
        (world.Tally.ImagesDeleted, world.Tally.ManifestsDeleted).ShouldBe((2, 2));
    }

    [Fact]
    public async Task A_quiet_push_and_one_that_prunes_find_no_contradiction()
    {
        var world = await KnownAsync();
        await world.PushAsync("new");
        world.Tally.Contradictions.ShouldBe(0);

        world.Clock.Advance(TimeSpan.FromDays(40));
        (await world.PushAsync("newer")).DeletedCount.ShouldBe(2);
        (world.Tally.ImagesDeleted, world.Tally.Contradictions).ShouldBe((2, 0));
    }

    [Fact]
    public async Task What_somebody_deleted_is_a_contradiction_and_counts_once_however_often_ecr_is_asked()
    {
        var world = await KnownAsync();
        world.Clock.Advance(TimeSpan.FromDays(40));
        world.DeletedByHand("old-1");

        await world.PushAsync("new");

        world.Tally.Contradictions.ShouldBe(1);
    }

    [Fact]
    public async Task So_is_a_protecting_tag_whose_event_was_lost()
    {
        var world = await KnownAsync();
        world.Clock.Advance(TimeSpan.FromDays(40));
        world.Ecr.PutImage(ManifestFactory.Image("old-1", 1_000).Put(PushScenario.App, "prod"));

        await world.PushAsync("new");

        world.Tally.Contradictions.ShouldBe(1);
    }

    [Fact]
    public async Task A_pull_is_none_for_no_event_tells_of_it()
    {
        var world = await KnownAsync(Settings with { Policy = Settings.Policy with { KeepPulledFor = TimeSpan.FromDays(7) } });
        world.Clock.Advance(TimeSpan.FromDays(40));
        world.Ecr.RecordPull(PushScenario.App, ManifestFactory.Image("old-1", 1_000).Digest, world.Clock.GetUtcNow());

        (await world.PushAsync("new")).ExpiredCount.ShouldBe(0);

        world.Tally.Contradictions.ShouldBe(0);
        world.Ecr.Calls.Count("DescribeImages").ShouldBe(2, "the pull kept it only once ECR was asked");
    }

    [Fact]
    public async Task A_listing_tells_how_many_manifests_there_are_and_a_push_without_one_doesn_t()
    {
        var world = new PushScenario(Settings);
        Release.Of("1.0").IsIn(world.Ecr, daysOld: 1);

        await world.PushAsync("first");
        world.Tally.ManifestsListed.ShouldBe(8);
        await world.PushAsync("second");
        world.Tally.ManifestsListed.ShouldBeNull();
    }

    static async Task<PushScenario> KnownAsync(Settings? settings = null)
    {
        var world = new PushScenario(settings ?? Settings);
        world.HasImages(3, daysOld: 0);
        await world.KnowsTheRepositoryAsync();
        return world;
    }
}
