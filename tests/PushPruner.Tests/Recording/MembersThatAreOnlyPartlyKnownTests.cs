using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Jobs;
using PushPruner.Listing;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Recording;

/// <summary>Where what owns or belongs to an image is known in part, the part that isn't known counts as keeping.</summary>
public class MembersThatAreOnlyPartlyKnownTests
{
    internal static readonly Settings One = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    internal static HashSet<string> DigestsIn(PushScenario scenario) => [.. scenario.Ecr.Images(PushScenario.App).Select(i => i.Digest)];

    internal static Digest D(LocalManifest m) => Digest.Parse(m.Digest);

    internal static void Seed(PushScenario w, LocalManifest m, double days, params string[] tags) =>
        w.Ecr.Seed(PushScenario.App, m.At(PushScenario.Noon.AddDays(-days), tags));

    // As a push lists a repository that the index does not know, but with the rows of the index.
    static async Task ListAsync(PushScenario scenario)
    {
        var state = (await scenario.Index.ReadAsync(PushScenario.App, [], null, default)).State;
        var registry = new InProcessRegistry(scenario.Ecr);
        var invocation = new Invocation("r", scenario.Clock.GetUtcNow().AddMinutes(10));
        var run = new RunContext(
            PushScenario.App, registry, scenario.Index, scenario.Settings, invocation, scenario.Clock, NullLogger.Instance);
        await new Resync(run).RunAsync(state, null, default);
    }

    [Fact]
    public async Task Silence_about_a_part_keeps_the_whole()
    {
        var scenario = new PushScenario(One with { Policy = One.Policy with { ProtectTags = WildcardSet.Of("keep") } });
        var release = Release.Of("1.0");
        release.IsIn(scenario.Ecr, 60);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.PutImage(release.Members[0].Put(PushScenario.App, "keep"));
        var evt = scenario.Pushed("new");
        var registry = new SilentAbout(new InProcessRegistry(scenario.Ecr), D(release.Members[0]));
        await new PushJob(registry, scenario.Index, scenario.Settings, scenario.Patience, NullLogger.Instance).RunAsync(
            new ImagePush(PushScenario.App, Digest.Parse(evt.Digest), "new", scenario.Clock.GetUtcNow()),
            new Invocation("r", scenario.Clock.GetUtcNow().AddMinutes(10)),
            default);
        DigestsIn(scenario).IsSupersetOf(release.Digests).ShouldBeTrue();
    }

    // cosign signs again: the same tag moves on, the former signatures are left untagged
    [Fact]
    public async Task Former_signatures_take_no_place()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 3 } });
        for (var n = 1; n <= 3; n++)
            scenario.HasImage($"v{n}", 60 - n);
        await scenario.KnowsTheRepositoryAsync();
        var subject = Digest.Parse(scenario.Ecr.Images(PushScenario.App).Single(i => i.Tags.Contains("v3")).Digest);
        for (var night = 0; night < 5; night++)
        {
            await scenario.HandleAsync(
                scenario.Ecr.PutImage(ManifestFactory.Image($"sig{night}", 10).Put(PushScenario.App, $"sha256-{subject.Hex}.sig")).Event!);
            scenario.Clock.Advance(TimeSpan.FromDays(1));
        }

        await ListAsync(scenario);
        await scenario.PushAsync("v4");
        scenario.Images.ShouldContain("v3");
        scenario.Images.ShouldContain("v2");
    }

    [Fact]
    public async Task What_never_was_here_has_no_tombstone()
    {
        var scenario = new PushScenario(One);
        scenario.HasImage("x", 1);
        await scenario.KnowsTheRepositoryAsync();
        var elsewhere = D(ManifestFactory.Image("elsewhere"));
        await scenario.HandleAsync(
            scenario.Ecr.PutImage(ManifestFactory.Image("sig", 10).Put(PushScenario.App, $"sha256-{elsewhere.Hex}.sig")).Event!);
        await ListAsync(scenario);
        (await scenario.Index.FindTombstoneAsync(PushScenario.App, elsewhere, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_member_whose_row_was_lost_is_deleted_with_its_manifest_list()
    {
        var scenario = new PushScenario(One);
        var release = Release.Of("1.0");
        release.IsIn(scenario.Ecr, 60);
        await scenario.KnowsTheRepositoryAsync();
        var row = (await scenario.Index.ReadRowsAsync(PushScenario.App, [D(release.Members[0])], default)).Values.Single();
        (await scenario.Index.TryRemoveAsync(PushScenario.App, row.Digest, row.Revision, default)).ShouldBeTrue();
        await scenario.PushAsync("new");
        DigestsIn(scenario).Count.ShouldBe(1);
    }

    // 150 left-over members of an index somebody deleted by hand
    [Fact]
    public async Task A_hundred_and_fifty_leftover_members_are_deleted_in_as_many_calls_as_needed()
    {
        var scenario = new PushScenario(One);
        var members = Enumerable.Range(0, 150).Select(n => ManifestFactory.Image($"m{n}", 10)).ToList();
        var index = ManifestFactory.ManifestList(members);
        foreach (var m in members)
            Seed(scenario, m, 60);
        Seed(scenario, index, 59, "1.0");
        await scenario.KnowsTheRepositoryAsync();
        scenario.DeletedByHand("1.0");
        await scenario.PushAsync("new");
        DigestsIn(scenario).Count.ShouldBe(1);
    }

    // the index's row contested: its second read takes the first for a pull
    [Fact]
    public async Task A_manifest_read_that_is_repeated_is_no_pull()
    {
        var scenario = new PushScenario(One with { Policy = One.Policy with { KeepPulledFor = TimeSpan.FromDays(90) } });
        scenario.HasImage("x", 90);
        await scenario.KnowsTheRepositoryAsync();
        var index = ManifestFactory.ManifestList(ManifestFactory.Image("a", 10));
        await scenario.HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("a", 10).Put(PushScenario.App)).Event!);
        var evt = scenario.Ecr.PutImage(index.Put(PushScenario.App, "1")).Event!;
        var once = true;
        scenario.Index.Before = call =>
        {
            if (call == "write" && once)
            {
                once = false;
                scenario.Clock.Advance(TimeSpan.FromSeconds(1));
                scenario.Index
                    .AddReferrerAsync(PushScenario.App, D(index), D(ManifestFactory.Image("ref")), default)
                    .GetAwaiter()
                    .GetResult();
            }
        };
        await scenario.HandleAsync(evt);
        scenario.Index.Before = null;
        var row = (await scenario.Index.ReadRowsAsync(PushScenario.App, [D(index)], default)).Values.Single();
        row.History.PulledBefore.ShouldBeNull();
    }

    [Fact]
    public async Task Beside_an_index_that_can_t_be_read_no_untagged_image_outranks_anything()
    {
        var scenario = new PushScenario(One);
        scenario.HasImage("old", 60);
        Seed(scenario, ManifestFactory.Image("untagged", 10), 50);
        await scenario.KnowsTheRepositoryAsync();
        var broken = new string('e', 64);
        scenario.Ecr.Seed(
            PushScenario.App,
            new SeededImage
            {
                Digest = "sha256:" + broken,
                Tags = ["broken"],
                PushedAt = PushScenario.Noon.AddMinutes(-2),
                MediaType = MediaTypes.OciIndex,
            });
        scenario.Settings = scenario.Settings with { Policy = scenario.Settings.Policy with { KeepNewest = 1 } };
        var evt = scenario.Pushed("x") with { Digest = "sha256:" + broken, Tag = "broken" };
        scenario.DeletedByHand("x");
        await scenario.HandleAsync(evt);
        scenario.Images.ShouldContain("old");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_left_of_an_index_that_is_gone_is_found_by_what_its_row_says_though_theirs_say_less(bool isForgotten)
    {
        var scenario = new PushScenario(One);
        scenario.HasImage("newest", 1);
        var platform = ManifestFactory.Image("platform", 10);
        var attestation = ManifestFactory.Referrer(platform, "attestation");
        var index = ManifestFactory.ManifestList(platform, attestation);
        Seed(scenario, platform, 60);
        scenario.Ecr.Seed(PushScenario.App, attestation.At(PushScenario.Noon.AddDays(-60)) with { SubjectDigest = platform.Digest });
        Seed(scenario, index, 59, "1.0");
        await scenario.KnowsTheRepositoryAsync();
        foreach (var gone in new[] { index, platform })
            scenario.Ecr.Expire(PushScenario.App, gone.Digest).ShouldBeTrue();

        // A run that was cut off has been here.
        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows;
        await scenario.Index.TryRemoveAsync(PushScenario.App, D(platform), rows[D(platform)].Revision, default);
        var left = rows[D(attestation)];
        if (isForgotten)
        {
            await scenario.Index.TryRemoveAsync(PushScenario.App, left.Digest, left.Revision, default);
        }
        else
        {
            await scenario.Index.TryWriteAsync(
                PushScenario.App,
                left with
                {
                    History = left.History with { Owners = DigestSet.Empty },
                },
                default);
        }

        await scenario.PushAsync("new");

        DigestsIn(scenario).ShouldNotContain(attestation.Digest);
    }

    [Fact]
    public async Task A_member_whose_row_was_lost_is_no_image_and_is_deleted_after_its_manifest_list()
    {
        var scenario = new PushScenario(One);
        scenario.HasImage("newest", 1);
        var member = ManifestFactory.Image("member", 10);
        var index = ManifestFactory.ManifestList(member);
        Seed(scenario, member, 60);
        Seed(scenario, index, 59, "1.0");
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Expire(PushScenario.App, index.Digest).ShouldBeTrue();
        var row = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[D(member)];
        await scenario.Index.TryRemoveAsync(PushScenario.App, row.Digest, row.Revision, default);

        await scenario.PushAsync("new");

        DigestsIn(scenario).ShouldNotContain(member.Digest);
    }

    [Fact]
    public async Task A_part_that_ECR_refused_to_delete_is_found_again_though_its_row_names_no_owner()
    {
        var isRefused = true;
        var scenario = new PushScenario(One) { RegistrySeen = registry => isRefused ? new Simulation.RefusingSome(registry) : registry };
        scenario.HasImage("newest", 1);
        var member = ManifestFactory.Image("member", 10);
        var index = ManifestFactory.ManifestList(member);
        Seed(scenario, member, 60);
        Seed(scenario, index, 59, "1.0");
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Expire(PushScenario.App, index.Digest).ShouldBeTrue();
        var row = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[D(member)];
        await scenario.Index.TryWriteAsync(PushScenario.App, row with { History = row.History with { Owners = DigestSet.Empty } }, default);
        (await scenario.PushAsync("new")).FailedCount.ShouldBe(1);
        isRefused = false;

        await scenario.PushAsync("next");

        DigestsIn(scenario).ShouldNotContain(member.Digest);
    }
}
