using PushPruner.Deleting;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Pruning;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Deleting;

/// <summary>Between ECR's answer and the delete that relies on it lie two seconds at most, and no delete is sent twice.</summary>
public class DeletesRightAfterTheAnswerTests
{
    static Settings Newest(int n, params string[] protectTags) => new()
    {
        Policy = new RetentionPolicy { KeepNewest = n, KeepFor = TimeSpan.FromDays(30), ProtectTags = WildcardSet.Of(protectTags) },
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_member_that_was_protected_while_the_first_deletes_took_their_time_survives(bool isPush)
    {
        var scenario = new PushScenario(Newest(1, "prod"));
        var lists = new List<(LocalManifest List, List<LocalManifest> Members)>();
        for (var n = 0; n < 20; n++)
        {
            var members = Enumerable.Range(0, 10).Select(m => ManifestFactory.Image($"{n}/{m}", 1_000)).ToList();
            members.ForEach(m => scenario.Ecr.Seed(PushScenario.App, m.At(PushScenario.Noon.AddDays(n - 90))));
            var list = ManifestFactory.ManifestList([.. members]);
            scenario.Ecr.Seed(PushScenario.App, list.At(PushScenario.Noon.AddDays(n - 90).AddMinutes(1), $"r{n}"));
            lists.Add((list, members));
        }

        scenario.HasImage("young", 1);
        await scenario.KnowsTheRepositoryAsync();
        var late = lists[^1].Members[^1];
        var deletes = 0;
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation != "BatchDeleteImage" || ++deletes != 2)
                return null;

            scenario.Clock.Advance(TimeSpan.FromSeconds(8));
            scenario.Ecr.PutImage(late.Put(PushScenario.App, "prod"));
            return null;
        });

        if (isPush)
            await scenario.PushAsync("new");
        else
            await scenario.ReconcileAsync();

        scenario.Images.ShouldContain("prod");
        scenario.Images.Count(i => i.StartsWith('r')).ShouldBe(0, "the lists were deleted before");
    }

    [Fact]
    public async Task Where_the_newest_take_more_than_a_call_they_are_asked_first()
    {
        var scenario = new PushScenario(Newest(150));
        scenario.HasImages(151, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();

        (await scenario.PushAsync("new")).DeletedCount.ShouldBe(2);

        var asked = scenario.Ecr.Calls.All.Where(c => c.Operation == "DescribeImages").ToList();
        asked[^1].IdCount.ShouldBe(52, "the last answer is that on what is to be deleted");
    }

    [Fact]
    public async Task An_answer_that_took_long_is_asked_for_again_with_the_overrides()
    {
        var scenario = new PushScenario(Newest(1));
        scenario.HasImages(3, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        var slow = true;
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (!slow || call.Operation != "DescribeImages" || call.IdCount < 2)
                return null;

            // Somebody switches the repository off while ECR takes its time.
            slow = false;
            scenario.Clock.Advance(TimeSpan.FromSeconds(5));
            scenario.ResourceTag("pushpruner:enabled", "false");
            return null;
        });

        (await scenario.PushAsync("new")).DeletedCount.ShouldBe(0);
        scenario.Images.Count.ShouldBe(4);
    }

    [Fact]
    public void An_answer_of_a_clock_that_was_set_back_since_is_not_fresh()
    {
        var corrections = new RowCorrections([], [], new Dictionary<Digest, IndexRow?>(), [], [], IsRankingRight: true, GoneOfWindow: 0);
        var confirmation = new Confirmation(
            ConfirmationState.Settled, [], [], [], corrections, PushScenario.Noon, new HashSet<Digest>());
        var overrides = new TimedOverrides(RepositoryOverrides.None, PushScenario.Noon);

        confirmation.IsFresh(PushScenario.Noon.AddSeconds(1)).ShouldBeTrue();
        confirmation.IsFresh(PushScenario.Noon.AddSeconds(-1)).ShouldBeFalse();
        overrides.IsFresh(PushScenario.Noon.AddSeconds(-1)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_repository_that_is_switched_off_while_its_images_are_confirmed_says_why_nothing_was_deleted()
    {
        var scenario = new PushScenario(Newest(1));
        scenario.HasImages(3, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        var isSlow = true;
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (!isSlow || call.Operation != "DescribeImages" || call.IdCount < 2)
                return null;

            isSlow = false;
            scenario.Clock.Advance(TimeSpan.FromSeconds(5));
            scenario.ResourceTag("pushpruner:enabled", "false");
            return null;
        });

        (await scenario.PushAsync("new")).Why.ShouldNotBeNull().ShouldContain("pushpruner:enabled");
    }

    [Fact]
    public async Task A_manifest_list_that_another_push_could_not_read_meanwhile_puts_a_later_batch_in_doubt()
    {
        var scenario = new PushScenario(Newest(1));
        for (var n = 0; n < 150; n++)
            scenario.HasImage($"old-{n}", 90 - (n / 24d), image => image with { Tags = [] });
        scenario.HasImage("young", 1);
        await scenario.KnowsTheRepositoryAsync();
        var unreadable = new UnreadableList(A.DigestOf(1), Until: null);
        scenario.Meanwhile("BatchDeleteImage", () => ContentionScenario
            .NoteAsync(scenario, state => state with { Unreadable = unreadable }).GetAwaiter().GetResult());

        (await scenario.PushAsync("new")).DeletedCount.ShouldBe(100, "the first batch");

        scenario.Ecr.Images(PushScenario.App).Count(i => !i.IsTagged).ShouldBe(50);
    }

    [Fact]
    public async Task Where_every_answer_is_too_slow_nothing_is_deleted_and_it_says_so()
    {
        var scenario = new PushScenario(Newest(1));
        scenario.HasImages(3, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "DescribeImages" && call.IdCount > 1)
                scenario.Clock.Advance(TimeSpan.FromSeconds(3));
            return null;
        });

        var result = await scenario.PushAsync("new");

        result.DeletedCount.ShouldBe(0);
        result.Why.ShouldNotBeNull().ShouldContain("out of date");
        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_ci_pushed_again_after_a_delete_without_an_answer_survives(bool isPush)
    {
        var scenario = new PushScenario(Newest(1));
        scenario.HasImage("old", 40);
        scenario.HasImage("young", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Faults.LoseAnswerOfNext("BatchDeleteImage");
        scenario.Ecr.Faults.OnCall(call =>
        {
            // The delete took effect, and CI pushes the same bytes under the same tag before anybody asks.
            if (call.Operation == "DescribeImages" && call.IdCount > 0 && !scenario.Images.Contains("old"))
                scenario.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "old"));
            return null;
        });

        if (isPush)
            await scenario.PushAsync("new");
        else
            await scenario.ReconcileAsync();

        scenario.Images.ShouldContain("old");
    }

    [Fact]
    public async Task A_delete_whose_answer_was_lost_is_recorded_as_this_runs_own()
    {
        var scenario = new PushScenario(Newest(1));
        var old = scenario.HasImage("old", 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Faults.LoseAnswerOfNext("BatchDeleteImage");

        var result = await scenario.PushAsync("new");

        (result.Outcome, result.DeletedCount).ShouldBe((Outcome.Pruned, 1));
        (await scenario.Index.FindTombstoneAsync(PushScenario.App, old, default)).ShouldNotBeNull().IsFoundGone.ShouldBeFalse();
        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(1);
    }

    [Fact]
    public async Task A_delete_that_is_throttled_each_time_fails_the_event_for_a_retry()
    {
        var scenario = new PushScenario(Newest(1));
        scenario.HasImage("old", 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Faults.OnCall(call => call.Operation == "BatchDeleteImage" ? Fault.Throttling : null);

        await Should.ThrowAsync<DeleteUnansweredException>(() => scenario.PushAsync("new"));

        scenario.Ecr.Faults.Clear();
        scenario.Images.ShouldContain("old");
        (await scenario.PushAsync("newer")).DeletedCount.ShouldBe(1);
    }

    [Fact]
    public async Task What_one_call_deleted_is_recorded_though_the_next_call_fails_each_time()
    {
        var scenario = new PushScenario(Newest(1));
        var members = Enumerable.Range(0, 150).Select(n => ManifestFactory.Image($"m{n}", 1_000)).ToList();
        members.ForEach(m => scenario.Ecr.Seed(PushScenario.App, m.At(PushScenario.Noon.AddDays(-40))));
        scenario.Ecr.Seed(
            PushScenario.App, ManifestFactory.ManifestList([.. members]).At(PushScenario.Noon.AddDays(-40).AddMinutes(1), "old"));
        scenario.HasImage("young", 1);
        await scenario.KnowsTheRepositoryAsync();
        var deletes = 0;
        // The list, a hundred of its members, and from then on nothing more.
        scenario.Ecr.Faults.OnCall(call => call.Operation == "BatchDeleteImage" && ++deletes > 2 ? Fault.Throttling : null);

        await Should.ThrowAsync<DeleteUnansweredException>(() => scenario.PushAsync("new"));

        scenario.Ecr.Images(PushScenario.App).Count.ShouldBe(52);
        var digests = members.Select(m => Digest.Parse(m.Digest)).ToList();
        var tombstones = await scenario.Index.FindTombstonesAsync(PushScenario.App, digests, default);
        tombstones.Values.Count(t => !t.IsFoundGone).ShouldBe(100);
        scenario.Tally.ManifestsDeleted.ShouldBe(101);
        scenario.Ecr.Faults.Clear();
        (await scenario.PushAsync("newer")).DeletedCount.ShouldBe(50);
    }

    [Fact]
    public async Task An_image_that_lost_some_of_many_tags_to_a_call_that_failed_reports_them()
    {
        var scenario = new PushScenario(Newest(1));
        string[] tags = [.. Enumerable.Range(0, 150).Select(n => $"t{n:d3}")];
        scenario.Ecr.Seed(PushScenario.App, ManifestFactory.Image("many", 1_000).At(PushScenario.Noon.AddDays(-40), tags));
        scenario.HasImage("young", 1);
        await scenario.KnowsTheRepositoryAsync();
        var deletes = 0;
        scenario.Ecr.Faults.OnCall(call => call.Operation == "BatchDeleteImage" && ++deletes > 1 ? Fault.Throttling : null);

        var result = await scenario.PushAsync("new");

        (result.DeletedCount, result.FailedCount).ShouldBe((0, 100));
        result.Failed.ShouldAllBe(f => f.Code == FailedDelete.TagLost);
        scenario.Ecr.Faults.Clear();
        scenario.Clock.Advance(TimeSpan.FromMinutes(3));
        (await scenario.PushAsync("newer")).DeletedCount.ShouldBe(1);
    }
}
