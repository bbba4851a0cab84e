using PushPruner.Jobs;
using PushPruner.Listing;
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
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("old", 50);
        scenario.HasImage("newer", 40);
        return scenario;
    }

    // After the listing, and before what is to be deleted is confirmed.
    static void AfterTheListing(PushScenario scenario, Action act) => scenario.Meanwhile("ListTagsForResource", act);

    [Fact]
    public async Task What_is_protected_after_the_listing_stays()
    {
        var scenario = WithOldAndNewer();
        AfterTheListing(scenario, () => scenario.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "prod")));

        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(0);

        scenario.Images.ShouldContain("old+prod");
    }

    [Fact]
    public async Task What_is_no_longer_outranked_stays()
    {
        var scenario = WithOldAndNewer();
        AfterTheListing(scenario, () => scenario.DeletedByHand("newer"));

        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(0);

        scenario.Images.ShouldBe(["old"]);
    }

    [Fact]
    public async Task An_image_that_enough_others_still_outrank_is_deleted_all_the_same()
    {
        var scenario = WithOldAndNewer();
        scenario.HasImage("newest", 1);
        AfterTheListing(scenario, () => scenario.DeletedByHand("newest"));

        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(1);

        scenario.Images.ShouldBe(["newer"]);
    }

    [Fact]
    public async Task A_repository_that_is_disabled_between_two_batches_is_kept_from_then_on()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImages(151, daysOld: 40);
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "BatchDeleteImage")
            {
                scenario.Ecr.Faults.Clear();
                scenario.Clock.Advance(TimeSpan.FromSeconds(2));
                scenario.ResourceTag(RepositoryOverrides.EnabledTag, "false");
            }

            return null;
        });

        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(100);
    }

    [Fact]
    public async Task An_index_pushed_meanwhile_keeps_what_it_names()
    {
        var scenario = new PushScenario(OneNewest);
        var part = ManifestFactory.Image("part", 1_000);
        scenario.Ecr.Seed(PushScenario.App, part.At(PushScenario.Noon.AddDays(-50)));
        scenario.HasImage("newer", 40);
        AfterTheListing(
            scenario,
            () =>
                scenario
                    .HandleAsync(scenario.Ecr.PutImage(ManifestFactory.ManifestList(part).Put(PushScenario.App, "release")).Event!)
                    .GetAwaiter()
                    .GetResult());

        await scenario.ReconcileAsync();

        scenario.Ecr.Images(PushScenario.App).ShouldContain(i => i.Digest == part.Digest);
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[Digest.Parse(part.Digest)].History.Owners.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_index_pushed_meanwhile_that_can_t_be_read_keeps_everything_untagged(bool isStateWritten)
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("untagged", 50, i => i with { Tags = [] });
        scenario.HasImage("newer", 40);
        await scenario.KnowsTheRepositoryAsync();
        if (isStateWritten)
            scenario.ResourceTag(RepositoryOverrides.KeepDaysTag, "35");
        AfterTheListing(scenario, () => NoteUnreadableAsync(scenario).GetAwaiter().GetResult());

        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(0);
    }

    static async Task NoteUnreadableAsync(PushScenario scenario)
    {
        var state = (await scenario.Index.ReadAsync(PushScenario.App, [], tag: null, default)).State!;
        (
            await scenario.Index.TryWriteStateAsync(PushScenario.App, state with { Unreadable = new(A.DigestOf(1), Until: null) }, default)
        ).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_push_during_it_loses_nothing()
    {
        var scenario = WithOldAndNewer();
        scenario.Meanwhile(
            "DescribeImages",
            () =>
            {
                scenario.Settings = OneNewest with { DryRun = true };
                scenario.PushAsync("pushed").GetAwaiter().GetResult();
                scenario
                    .HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "stable")).Event!)
                    .GetAwaiter()
                    .GetResult();
                scenario.Settings = OneNewest;
            });

        await scenario.ReconcileAsync();

        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Values;
        rows.ShouldContain(r => r.Tags.Contains("pushed"));
        rows.ShouldContain(
            r => r.Tags.Contains("stable") && r.History.PromotedAt == PushScenario.Noon,
            "the promotion isn't written over by what was read before");
        scenario.Images.ShouldContain("old+stable");
    }

    [Fact]
    public async Task A_part_that_ECR_is_silent_about_keeps_the_batch_and_the_answer_says_so()
    {
        var release = Release.Of("1.0");
        var scenario = new PushScenario(OneNewest)
        {
            RegistrySeen = registry => new SilentAbout(registry, Digest.Parse(release.Members[0].Digest)),
        };
        release.IsIn(scenario.Ecr, 60);
        scenario.HasImage("newest", 1);

        var result = await scenario.ReconcileAsync();

        result.DeletedCount.ShouldBe(0);
        result.Why.ShouldNotBeNull().ShouldStartWith("ECR did not say whether");
    }

    [Fact]
    public async Task What_is_pulled_meanwhile_is_filed_by_the_policy_of_pushes_not_by_the_order_s()
    {
        var scenario = new PushScenario(
            new Settings
            {
                Policy = new RetentionPolicy
                {
                    KeepNewest = 1, KeepFor = TimeSpan.FromDays(30), KeepPulledFor = TimeSpan.FromDays(60),
                },
            });
        var old = scenario.HasImage("old", 70);
        scenario.HasImage("newer", 1);
        AfterTheListing(scenario, () => scenario.Ecr.RecordPull(PushScenario.App, old.Value, PushScenario.Noon));
        await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { KeepFor = TimeSpan.FromDays(10) });
        scenario.ClearCounters();

        await scenario.ReconcileAsync();

        scenario.Images.ShouldContain("old");
        scenario.Index.Calls.ShouldBe(["read", "read all"]);
    }

    [Fact]
    public async Task Two_at_once_delete_each_image_once()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImages(30, daysOld: 40);
        ReconcileResult? other = null;
        AfterTheListing(scenario, () => other = scenario.ReconcileAsync().GetAwaiter().GetResult());

        var result = await scenario.ReconcileAsync();

        other.ShouldNotBeNull().DeletedCount.ShouldBe(29);
        result.FailedCount.ShouldBe(0);
        result.DeletedCount.ShouldBe(0, "it finds them gone, and that is no error");
        scenario.Images.ShouldBe(["old-30"]);
    }

    [Fact]
    public async Task A_hundred_first_pushes_at_once_don_t_harm_each_other()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 100 } });
        scenario.HasImages(20, daysOld: 40);
        var events = Enumerable.Range(0, 100).Select(n => scenario.Pushed($"v{n}")).ToList();

        var results = await Task.WhenAll(events.Select(evt => Task.Run(() => scenario.HandleAsync(evt))));

        results.ShouldAllBe(r => r.FailedCount == 0);
        scenario.Images.Count.ShouldBe(100);
        scenario.ClearCounters();
        (await scenario.ReconcileAsync()).ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(Outcome.NothingExpired), r => r.Drift.ShouldBe(Drift.None));
    }
}
