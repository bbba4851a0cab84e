using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>While a reconcile runs, CI pushes, people tag and delete, and other runs prune.</summary>
public class ReconcileAmidOthersTests
{
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1, ProtectTags = WildcardSet.Of("prod") } };

    static PushScenario WithOldAndNewer()
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("old", 50);
        world.HasImage("newer", 40);
        return world;
    }

    // After the listing, and before what is to be deleted is confirmed.
    static void AfterTheListing(PushScenario world, Action act) => world.Meanwhile("ListTagsForResource", act);

    [Fact]
    public async Task What_is_protected_after_the_listing_stays()
    {
        var world = WithOldAndNewer();
        AfterTheListing(world, () => world.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "prod")));

        (await world.ReconcileAsync()).DeletedCount.ShouldBe(0);

        world.Images.ShouldContain("old+prod");
    }

    [Fact]
    public async Task What_is_no_longer_outranked_stays()
    {
        var world = WithOldAndNewer();
        AfterTheListing(world, () => world.DeletedByHand("newer"));

        (await world.ReconcileAsync()).DeletedCount.ShouldBe(0);

        world.Images.ShouldBe(["old"]);
    }

    [Fact]
    public async Task What_the_next_in_line_still_outrank_goes_all_the_same()
    {
        var world = WithOldAndNewer();
        world.HasImage("newest", 1);
        AfterTheListing(world, () => world.DeletedByHand("newest"));

        (await world.ReconcileAsync()).DeletedCount.ShouldBe(1);

        world.Images.ShouldBe(["newer"]);
    }

    [Fact]
    public async Task A_repository_that_is_disabled_between_two_batches_is_kept_from_then_on()
    {
        var world = new PushScenario(OneNewest);
        world.HasImages(151, daysOld: 40);
        world.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "BatchDeleteImage")
            {
                world.Ecr.Faults.Clear();
                world.Clock.Advance(TimeSpan.FromSeconds(2));
                world.ResourceTag(RepositoryOverrides.EnabledTag, "false");
            }

            return null;
        });

        (await world.ReconcileAsync()).DeletedCount.ShouldBe(100);
    }

    [Fact]
    public async Task An_index_pushed_meanwhile_keeps_what_it_names()
    {
        var world = new PushScenario(OneNewest);
        var part = ManifestFactory.Image("part", 1_000);
        world.Ecr.Seed(PushScenario.App, part.At(PushScenario.Noon.AddDays(-50)));
        world.HasImage("newer", 40);
        AfterTheListing(world, () => world.HandleAsync(world.Ecr.PutImage(ManifestFactory.ManifestList(part).Put(PushScenario.App, "release")).Event!).GetAwaiter().GetResult());

        await world.ReconcileAsync();

        world.Ecr.Images(PushScenario.App).ShouldContain(i => i.Digest == part.Digest);
        (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows[Digest.Parse(part.Digest)].History.Owners.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_index_pushed_meanwhile_that_can_t_be_read_keeps_everything_untagged(bool isStateWritten)
    {
        var world = new PushScenario(OneNewest);
        world.HasImage("untagged", 50, i => i with { Tags = [] });
        world.HasImage("newer", 40);
        await world.KnowsTheRepositoryAsync();
        if (isStateWritten)
            world.ResourceTag(RepositoryOverrides.KeepDaysTag, "35");
        AfterTheListing(world, () => NoteUnreadableAsync(world).GetAwaiter().GetResult());

        (await world.ReconcileAsync()).DeletedCount.ShouldBe(0);
    }

    static async Task NoteUnreadableAsync(PushScenario world)
    {
        var state = (await world.Index.ReadAsync(PushScenario.App, [], tag: null, default)).State!;
        (await world.Index.TryWriteStateAsync(PushScenario.App, state with { Unreadable = new(A.DigestOf(1), Until: null) }, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_push_during_it_loses_nothing()
    {
        var world = WithOldAndNewer();
        world.Meanwhile("DescribeImages", () =>
        {
            world.Settings = OneNewest with { DryRun = true };
            world.PushAsync("pushed").GetAwaiter().GetResult();
            world.HandleAsync(world.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "stable")).Event!).GetAwaiter().GetResult();
            world.Settings = OneNewest;
        });

        await world.ReconcileAsync();

        var rows = (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows.Values;
        rows.ShouldContain(r => r.Tags.Contains("pushed"));
        rows.ShouldContain(r => r.Tags.Contains("stable") && r.History.PromotedAt == PushScenario.Noon, "the promotion isn't written over by what was read before");
        world.Images.ShouldContain("old+stable");
    }

    [Fact]
    public async Task A_part_that_ECR_is_silent_about_keeps_the_batch_and_the_answer_says_so()
    {
        var release = Release.Of("1.0");
        var world = new PushScenario(OneNewest) { RegistrySeen = registry => new SilentAbout(registry, Digest.Parse(release.Members[0].Digest)) };
        release.IsIn(world.Ecr, 60);
        world.HasImage("newest", 1);

        var result = await world.ReconcileAsync();

        result.DeletedCount.ShouldBe(0);
        result.Why.ShouldNotBeNull().ShouldStartWith("ECR said of something that was to be deleted");
    }

    [Fact]
    public async Task What_is_pulled_meanwhile_is_filed_by_the_policy_of_pushes_not_by_the_order_s()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1, KeepFor = TimeSpan.FromDays(30), KeepPulledFor = TimeSpan.FromDays(60) } });
        var old = world.HasImage("old", 70);
        world.HasImage("newer", 1);
        AfterTheListing(world, () => world.Ecr.RecordPull(PushScenario.App, old.Value, PushScenario.Noon));
        await world.ReconcileAsync(new ReconcileRequest(PushScenario.App) { KeepFor = TimeSpan.FromDays(10) });
        world.ClearCounters();

        await world.ReconcileAsync();

        world.Images.ShouldContain("old");
        world.Index.Calls.ShouldBe(["read", "read all"]);
    }

    [Fact]
    public async Task Two_at_once_delete_each_image_once()
    {
        var world = new PushScenario(OneNewest);
        world.HasImages(30, daysOld: 40);
        ReconcileResult? other = null;
        AfterTheListing(world, () => other = world.ReconcileAsync().GetAwaiter().GetResult());

        var result = await world.ReconcileAsync();

        other.ShouldNotBeNull().DeletedCount.ShouldBe(29);
        result.FailedCount.ShouldBe(0);
        result.DeletedCount.ShouldBe(0, "it finds them gone, and that is no error");
        world.Images.ShouldBe(["old-30"]);
    }

    [Fact]
    public async Task A_hundred_first_pushes_at_once_don_t_harm_each_other()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 100 } });
        world.HasImages(20, daysOld: 40);
        var events = Enumerable.Range(0, 100).Select(n => world.Pushed($"v{n}")).ToList();

        var results = await Task.WhenAll(events.Select(evt => Task.Run(() => world.HandleAsync(evt))));

        results.ShouldAllBe(r => r.FailedCount == 0);
        world.Images.Count.ShouldBe(100);
        world.ClearCounters();
        (await world.ReconcileAsync()).ShouldSatisfyAllConditions(r => r.Outcome.ShouldBe(Outcome.NothingExpired), r => r.Drift.ShouldBe(Drift.None));
    }
}
