using CsCheck;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>Seven manifests, one image: counted once, kept whole, deleted whole.</summary>
public class MultiArchReleasesTests
{
    internal static readonly Settings ThreeNewest = new() { Policy = new RetentionPolicy { KeepNewest = 3 } };

    internal static readonly Release[] Old = [Release.Of("1.0"), Release.Of("2.0"), Release.Of("3.0")];

    internal static PushScenario WithOldReleases(Settings? settings = null)
    {
        var scenario = new PushScenario(settings ?? ThreeNewest);
        for (var n = 0; n < Old.Length; n++)
            Old[n].IsIn(scenario.Ecr, 60 - n);
        return scenario;
    }

    static HashSet<string> DigestsIn(PushScenario scenario) => [.. scenario.Ecr.Images(PushScenario.App).Select(i => i.Digest)];

    [Fact]
    public async Task Three_releases_are_three_images_and_the_fourth_removes_exactly_the_oldest_whole()
    {
        var scenario = WithOldReleases();
        await scenario.KnowsTheRepositoryAsync();
        var fourth = Release.Of("4.0");
        List<PruneResult> results = [];
        foreach (var put in fourth.Puts)
            results.Add(await scenario.HandleAsync(scenario.Ecr.PutImage(put).Event!));

        DigestsIn(scenario).ShouldBe([.. Old[1].Digests, .. Old[2].Digests, .. fourth.Digests], ignoreOrder: true);
        var pruned = results.Single(r => r.Outcome == Outcome.Pruned);
        pruned.Digest.ShouldBe(fourth.List.Digest);
        pruned.Expired.ShouldHaveSingleItem().Tags.ShouldBe(["1.0"]);
        pruned.Deleted.ShouldBe(Old[0].Digests, ignoreOrder: true);
        pruned.ExpiredCount.ShouldBe(1);
    }

    [Fact]
    public async Task The_fourth_release_removes_the_oldest_whole_at_a_first_contact()
    {
        var scenario = WithOldReleases();
        var fourth = Release.Of("4.0");
        foreach (var put in fourth.Puts)
            await scenario.HandleAsync(scenario.Ecr.PutImage(put).Event!);

        DigestsIn(scenario).ShouldBe([.. Old[1].Digests, .. Old[2].Digests, .. fourth.Digests], ignoreOrder: true);
    }

    [Fact]
    public async Task A_release_pushed_one_manifest_at_a_time_expires_nothing_before_its_manifest_list_arrives()
    {
        var scenario = WithOldReleases();
        await scenario.KnowsTheRepositoryAsync();
        var fourth = Release.Of("4.0");

        foreach (var member in fourth.Members)
        {
            (await scenario.HandleAsync(scenario.Ecr.PutImage(member.Put(PushScenario.App)).Event!)).Outcome.ShouldBe(
                Outcome.NothingExpired);
            scenario.Clock.Advance(TimeSpan.FromHours(2));
        }

        (await scenario.HandleAsync(scenario.Ecr.PutImage(fourth.List.Put(PushScenario.App, "4.0")).Event!)).ExpiredCount.ShouldBe(1);
    }

    [Fact]
    public async Task Staging_tags_on_the_parts_push_nothing_out()
    {
        var scenario = WithOldReleases();
        await scenario.KnowsTheRepositoryAsync();
        var fourth = Release.Of("4.0");
        (string, LocalManifest)[] staged = [("4.0-amd64", fourth.Members[0]), ("4.0-arm64", fourth.Members[1])];

        foreach (var (tag, member) in staged)
        {
            (await scenario.HandleAsync(scenario.Ecr.PutImage(member.Put(PushScenario.App, tag)).Event!)).Outcome.ShouldBe(
                Outcome.NothingExpired);
        }
    }

    [Fact]
    public async Task In_whatever_order_the_events_come_twice_or_not_the_end_is_the_same() =>
        await Gen.Int[0, 1_000_000].SampleAsync(async seed =>
        {
            var random = new Random(seed);
            var scenario = WithOldReleases();
            await scenario.KnowsTheRepositoryAsync();
            var fourth = Release.Of("4.0");
            var events = fourth.Puts.Select(put => scenario.Ecr.PutImage(put).Event!).ToList();
            foreach (var evt in events.Concat(events.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next()))
                await scenario.HandleAsync(evt);

            return DigestsIn(scenario).SetEquals([.. Old[1].Digests, .. Old[2].Digests, .. fourth.Digests]);
        }, iter: 200);

    [Fact]
    public async Task A_member_shared_by_two_images_is_kept_until_the_last_of_them_is_deleted()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        var shared = ManifestFactory.Image("shared", 1_000);
        var first = ManifestFactory.ManifestList(shared, ManifestFactory.Image("a", 10));
        var second = ManifestFactory.ManifestList(shared, ManifestFactory.Image("b", 10));
        scenario.Ecr.Seed(PushScenario.App, shared.At(PushScenario.Noon.AddDays(-50)));
        scenario.Ecr.Seed(PushScenario.App, ManifestFactory.Image("a", 10).At(PushScenario.Noon.AddDays(-50)));
        scenario.Ecr.Seed(PushScenario.App, ManifestFactory.Image("b", 10).At(PushScenario.Noon.AddDays(-50)));
        scenario.Ecr.Seed(PushScenario.App, first.At(PushScenario.Noon.AddDays(-49), "first"));
        scenario.Ecr.Seed(PushScenario.App, second.At(PushScenario.Noon.AddDays(-48), "second"));
        scenario.Settings = scenario.Settings with { Policy = scenario.Settings.Policy with { ProtectTags = WildcardSet.Of("second") } };
        await scenario.KnowsTheRepositoryAsync();

        (await scenario.PushAsync("new")).Deleted.ShouldNotContain(shared.Digest);
        DigestsIn(scenario).ShouldContain(shared.Digest);
        DigestsIn(scenario).ShouldNotContain(first.Digest);

        scenario.Settings = scenario.Settings with { Policy = scenario.Settings.Policy with { ProtectTags = WildcardSet.None } };
        scenario.IndexIsWiped();
        (await scenario.PushAsync("newer")).Deleted.ShouldContain(shared.Digest);
    }

    [Theory]
    [InlineData("a tag of a member")]
    [InlineData("a pull of a member")]
    [InlineData("a tag of a referrer")]
    public async Task What_keeps_a_part_keeps_the_whole_and_is_not_looked_at_again(string what)
    {
        var scenario = WithOldReleases(
            ThreeNewest with
            {
                Policy = ThreeNewest.Policy with { ProtectTags = WildcardSet.Of("keep"), KeepPulledFor = TimeSpan.FromDays(3) },
            });
        await scenario.KnowsTheRepositoryAsync();
        switch (what)
        {
            case "a tag of a member":
                scenario.Ecr.PutImage(Old[0].Members[0].Put(PushScenario.App, "keep"));
                break;
            case "a pull of a member":
                scenario.Ecr.RecordPull(PushScenario.App, Old[0].Members[1].Digest, PushScenario.Noon);
                break;
            default:
                scenario.Ecr.PutImage(Old[0].Sbom.Put(PushScenario.App, "keep"));
                break;
        }

        (await scenario.PushAsync("4.0")).Outcome.ShouldBe(Outcome.NothingExpired);
        DigestsIn(scenario).IsSupersetOf(Old[0].Digests).ShouldBeTrue();
        scenario.ClearCounters();
        await scenario.HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("x").Put(PushScenario.App)).Event!);
        scenario.Ecr.Calls.Count("DescribeImages").ShouldBe(1);
    }

    [Fact]
    public async Task A_protecting_tag_that_moves_on_from_a_part_no_longer_keeps_the_whole()
    {
        var scenario = WithOldReleases(ThreeNewest with { Policy = ThreeNewest.Policy with { ProtectTags = WildcardSet.Of("keep") } });
        await scenario.KnowsTheRepositoryAsync();
        await scenario.HandleAsync(scenario.Ecr.PutImage(Old[0].Members[0].Put(PushScenario.App, "keep")).Event!);
        scenario.Clock.Advance(TimeSpan.FromDays(31));
        (await scenario.PushAsync("4.0")).Outcome.ShouldBe(Outcome.NothingExpired);
        DigestsIn(scenario).IsSupersetOf(Old[0].Digests).ShouldBeTrue();

        (await scenario.PushAsync("keep")).Deleted.ShouldContain(Old[0].List.Digest);
        DigestsIn(scenario).Overlaps(Old[0].Digests).ShouldBeFalse();
    }

    [Fact]
    public async Task An_archived_part_keeps_the_whole_for_it_would_come_back_to_nothing()
    {
        var scenario = WithOldReleases();
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.UpdateImageStorageClass(new UpdateImageStorageClassCall
        {
            RepositoryName = PushScenario.App, ImageId = EcrImageId.Digest(Old[0].Members[0].Digest), TargetStorageClass = "ARCHIVE",
        });

        (await scenario.PushAsync("4.0")).DeletedCount.ShouldBe(0);
        scenario.ClearCounters();
        await scenario.HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("x").Put(PushScenario.App)).Event!);
        scenario.Ecr.Calls.Count("DescribeImages").ShouldBe(1, "it is not looked at again on every push");
    }

    [Fact]
    public async Task A_subject_that_was_deleted_and_pushed_again_still_has_its_referrers()
    {
        var scenario = new PushScenario(
            new Settings
            {
                Policy = new RetentionPolicy { KeepNewest = 1, ProtectTags = WildcardSet.Of("keep") },
            });
        var image = ManifestFactory.Image("subject", 1_000);
        var sbom = ManifestFactory.Referrer(image, "sbom");
        var first = scenario.Ecr.PutImage(image.Put(PushScenario.App, "1.0")).Event!;
        await scenario.HandleAsync(first);
        await scenario.HandleAsync(scenario.Ecr.PutImage(sbom.Put(PushScenario.App, "keep")).Event!);
        scenario.DeletedByHand("1.0");
        scenario.Clock.Advance(TimeSpan.FromMinutes(2));
        await scenario.HandleAsync(first);
        await scenario.HandleAsync(scenario.Ecr.PutImage(image.Put(PushScenario.App, "1.0")).Event!);
        scenario.Clock.Advance(TimeSpan.FromDays(40));

        (await scenario.PushAsync("2.0")).DeletedCount.ShouldBe(0, "a protected tag on its SBOM protects it");
    }

    [Fact]
    public async Task A_nightly_signature_does_not_make_its_image_younger()
    {
        var scenario = WithOldReleases();
        await scenario.KnowsTheRepositoryAsync();
        var again = ManifestFactory.Referrer(Old[0].List, "nightly");
        await scenario.HandleAsync(scenario.Ecr.PutImage(again.Put(PushScenario.App)).Event!);

        var result = await scenario.PushAsync("4.0");

        result.Deleted.ShouldBe([.. Old[0].Digests, again.Digest], ignoreOrder: true);
    }

    [Fact]
    public async Task A_manifest_list_that_can_t_be_read_is_kept_in_doubt_and_takes_no_place()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        scenario.HasImage("old", 50);
        await scenario.KnowsTheRepositoryAsync();
        var digest = Digest.Parse("sha256:" + new string('e', 64));
        scenario.Ecr.Seed(
            PushScenario.App,
            new SeededImage
            {
                Digest = digest.Value, Tags = ["broken"], PushedAt = PushScenario.Noon.AddMinutes(-2), MediaType = MediaTypes.OciIndex,
            });
        var evt = scenario.Pushed("x") with { Digest = digest.Value, Tag = "broken" };
        scenario.DeletedByHand("x");

        var result = await scenario.HandleAsync(evt);

        result.DoubtCount.ShouldBe(1);
        result.Outcome.ShouldBe(Outcome.NothingExpired);
        scenario.Images.ShouldBe(["broken", "old"]);
    }

    [Theory]
    [InlineData(PairDelete.TagOnly)]
    [InlineData(PairDelete.WholeImage)]
    public async Task A_run_that_dies_anywhere_is_made_good_by_the_event_s_redelivery(PairDelete pairDelete)
    {
        var uncrashed = 0;
        for (var k = 0; uncrashed < 2; k++)
        {
            var scenario = new PushScenario(ThreeNewest, new LocalRegistryOptions { PairDelete = pairDelete });
            for (var n = 0; n < Old.Length; n++)
                Old[n].IsIn(scenario.Ecr, 60 - n);
            await scenario.KnowsTheRepositoryAsync();
            var evt = scenario.Pushed("4.0");
            var left = k / 2;
            var isAfter = k % 2 == 1;
            var died = false;
            scenario.Index.Before = _ => Die();
            scenario.Ecr.Faults.OnCall(_ =>
                left-- != 0 ? null
                : isAfter ? Dead(Fault.LostConnection.AfterEffect())
                : Dead(Fault.LostConnection));
            try
            {
                await scenario.HandleAsync(evt);
            }
            catch (ConnectionLostException)
            {
                died = true;
            }

            scenario.Index.Before = null;
            scenario.Ecr.Faults.Clear();
            uncrashed = died ? 0 : uncrashed + 1;
            await scenario.HandleAsync(evt);
            scenario.Clock.Advance(TimeSpan.FromMinutes(1));
            await scenario.PushAsync("5.0");
            await scenario.PushAsync("6.0");

            DigestsIn(scenario)
                .Intersect(Old[0].Digests)
                .ShouldBeEmpty($"crash at call {k / 2}, {(isAfter ? "after" : "before")} its effect");
            DigestsIn(scenario).Count.ShouldBe(3, $"crash at call {k / 2}");
            (await scenario.Index.FindTombstoneAsync(PushScenario.App, Digest.Parse(Old[0].List.Digest), default)).ShouldNotBeNull();

            void Die()
            {
                if (left-- == 0)
                    throw new ConnectionLostException();
            }

            Fault Dead(Fault fault) => fault;
        }
    }
}
