using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>Where what owns or belongs to an image is known in part, the part that isn't known counts as keeping.</summary>
public class KinshipThatIsOnlyPartlyKnownTests
{
    static readonly Settings One = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    static HashSet<string> DigestsIn(PushScenario world) => [.. world.Ecr.Images(PushScenario.App).Select(i => i.Digest)];

    static Digest D(LocalManifest m) => Digest.Parse(m.Digest);

    static void Seed(PushScenario w, LocalManifest m, double days, params string[] tags) => w.Ecr.Seed(PushScenario.App, m.At(PushScenario.Noon.AddDays(-days), tags));

    // the newer index, which shares a nested index with the old one, stands in the window
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_nested_index_shared_with_one_of_the_newest_stays(bool guarded)
    {
        var world = new PushScenario(One, new LocalRegistryOptions { NestedIndexesAreGuarded = guarded });
        var leaf = ManifestFactory.Image("leaf", 10);
        var nested = ManifestFactory.ManifestList(leaf);
        var first = ManifestFactory.ManifestList(nested, ManifestFactory.Image("a", 10));
        var second = ManifestFactory.ManifestList(nested, ManifestFactory.Image("b", 10));
        Seed(world, leaf, 60);
        Seed(world, ManifestFactory.Image("a", 10), 60);
        Seed(world, ManifestFactory.Image("b", 10), 60);
        Seed(world, nested, 59);
        Seed(world, first, 58, "first");
        await world.KnowsTheRepositoryAsync();
        await world.HandleAsync(world.Ecr.PutImage(second.Put(PushScenario.App, "second")).Event!);
        DigestsIn(world).ShouldNotContain(first.Digest);
        DigestsIn(world).ShouldContain(leaf.Digest);
        DigestsIn(world).ShouldContain(nested.Digest);
    }

    [Fact]
    public async Task A_dry_run_does_not_list_what_is_shared_with_one_of_the_newest()
    {
        var world = new PushScenario(One);
        var shared = ManifestFactory.Image("shared", 10);
        var first = ManifestFactory.ManifestList(shared, ManifestFactory.Image("a", 10));
        var second = ManifestFactory.ManifestList(shared, ManifestFactory.Image("b", 10));
        Seed(world, shared, 60);
        Seed(world, ManifestFactory.Image("a", 10), 60);
        Seed(world, ManifestFactory.Image("b", 10), 60);
        Seed(world, first, 58, "first");
        await world.KnowsTheRepositoryAsync();
        world.Settings = world.Settings with { DryRun = true };
        var r = await world.HandleAsync(world.Ecr.PutImage(second.Put(PushScenario.App, "second")).Event!);
        r.ExpiredCount.ShouldBe(1);
        r.Deleted.ShouldNotContain(shared.Digest);
    }

    [Fact]
    public async Task What_is_shared_with_one_of_the_newest_loses_no_tag()
    {
        var world = new PushScenario(One);
        var shared = ManifestFactory.Image("shared", 10);
        var first = ManifestFactory.ManifestList(shared, ManifestFactory.Image("a", 10));
        var second = ManifestFactory.ManifestList(shared, ManifestFactory.Image("b", 10));
        Seed(world, shared, 60, "1.0-amd64", "2.0-amd64");
        Seed(world, ManifestFactory.Image("a", 10), 60);
        Seed(world, ManifestFactory.Image("b", 10), 60);
        Seed(world, first, 58, "first");
        await world.KnowsTheRepositoryAsync();
        await world.HandleAsync(world.Ecr.PutImage(second.Put(PushScenario.App, "second")).Event!);
        world.Ecr.Images(PushScenario.App).Single(i => i.Digest == shared.Digest).Tags.Count.ShouldBe(2);
    }

    // event of the nested index is lost: its leaf is protected / in use
    [Fact]
    public async Task A_nested_index_whose_event_was_lost_keeps_its_owner_for_nobody_knows_what_it_names()
    {
        var world = new PushScenario(One with { Policy = One.Policy with { ProtectTags = WildcardSet.Of("keep") } });
        world.HasImage("x", 90);
        await world.KnowsTheRepositoryAsync();
        var leaf = ManifestFactory.Image("leaf", 10);
        var nested = ManifestFactory.ManifestList(leaf);
        var root = ManifestFactory.ManifestList(nested);
        await world.HandleAsync(world.Ecr.PutImage(leaf.Put(PushScenario.App, "keep")).Event!);
        world.Ecr.PutImage(nested.Put(PushScenario.App));
        await world.HandleAsync(world.Ecr.PutImage(root.Put(PushScenario.App, "root")).Event!);
        world.Clock.Advance(TimeSpan.FromDays(40));
        await world.PushAsync("new");
        DigestsIn(world).IsSupersetOf([leaf.Digest, nested.Digest, root.Digest]).ShouldBeTrue();
    }

    [Fact]
    public void An_index_that_can_t_be_read_keeps_its_owner()
    {
        var now = PushScenario.Noon;
        Manifest M(char c, double days, string type, params string[] tags) => new() { Digest = Digest.Parse("sha256:" + new string(c, 64)), PushedAt = now.AddDays(-days), MediaType = type, Tags = tags };
        var leaf = M('a', 90, MediaTypes.OciManifest, "keep");
        var nested = M('b', 90, MediaTypes.OciIndex);
        var root = M('c', 90, MediaTypes.OciIndex, "1");
        var newer = M('d', 1, MediaTypes.OciManifest, "2");
        var verdicts = Retention.Decide(One.Policy with { ProtectTags = WildcardSet.Of("keep") }, now,
            [new KnownManifest(leaf, ManifestHistory.None), new KnownManifest(nested, ManifestHistory.None with { Owners = DigestSet.Of(root.Digest) }), new KnownManifest(root, ManifestHistory.None with { Members = DigestSet.Of(nested.Digest) }), new KnownManifest(newer, ManifestHistory.None)],
            Scope.WholeRepository);
        verdicts.Where(v => v.IsExpired).Select(v => v.Digest).ShouldBeEmpty();
    }

    [Fact]
    public async Task Silence_about_a_part_keeps_the_whole()
    {
        var world = new PushScenario(One with { Policy = One.Policy with { ProtectTags = WildcardSet.Of("keep") } });
        var release = Release.Of("1.0");
        release.IsIn(world.Ecr, 60);
        await world.KnowsTheRepositoryAsync();
        world.Ecr.PutImage(release.Members[0].Put(PushScenario.App, "keep"));
        var evt = world.Pushed("new");
        var registry = new SilentAbout(new InProcessRegistry(world.Ecr), D(release.Members[0]));
        await new PushJob(registry, world.Index, world.Settings, world.Patience, NullLogger.Instance)
            .RunAsync(new ImagePush(PushScenario.App, Digest.Parse(evt.Digest), "new", world.Clock.GetUtcNow()), new Invocation("r", world.Clock.GetUtcNow().AddMinutes(10)), default);
        DigestsIn(world).IsSupersetOf(release.Digests).ShouldBeTrue();
    }

    // cosign signs again: the same tag moves on, the former signatures are left untagged
    [Fact]
    public async Task Former_signatures_take_no_place()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 3 } });
        for (var n = 1; n <= 3; n++)
            world.HasImage($"v{n}", 60 - n);
        await world.KnowsTheRepositoryAsync();
        var subject = Digest.Parse(world.Ecr.Images(PushScenario.App).Single(i => i.Tags.Contains("v3")).Digest);
        for (var night = 0; night < 5; night++)
        {
            await world.HandleAsync(world.Ecr.PutImage(ManifestFactory.Image($"sig{night}", 10).Put(PushScenario.App, $"sha256-{subject.Hex}.sig")).Event!);
            world.Clock.Advance(TimeSpan.FromDays(1));
        }

        // a reconcile, with the same table
        var state = (await world.Index.ReadAsync(PushScenario.App, [], null, default)).State;
        await new Resync(new RunContext(PushScenario.App, new InProcessRegistry(world.Ecr), world.Index, world.Settings, new Invocation("r", world.Clock.GetUtcNow().AddMinutes(10)), world.Clock, NullLogger.Instance)).RunAsync(state, null, default);
        await world.PushAsync("v4");
        world.Images.ShouldContain("v3");
        world.Images.ShouldContain("v2");
    }

    [Fact]
    public async Task What_never_was_here_has_no_tombstone()
    {
        var world = new PushScenario(One);
        world.HasImage("x", 1);
        await world.KnowsTheRepositoryAsync();
        var elsewhere = D(ManifestFactory.Image("elsewhere"));
        await world.HandleAsync(world.Ecr.PutImage(ManifestFactory.Image("sig", 10).Put(PushScenario.App, $"sha256-{elsewhere.Hex}.sig")).Event!);
        var state = (await world.Index.ReadAsync(PushScenario.App, [], null, default)).State;
        await new Resync(new RunContext(PushScenario.App, new InProcessRegistry(world.Ecr), world.Index, world.Settings, new Invocation("r", world.Clock.GetUtcNow().AddMinutes(10)), world.Clock, NullLogger.Instance)).RunAsync(state, null, default);
        (await world.Index.FindTombstoneAsync(PushScenario.App, elsewhere, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_part_whose_row_was_lost_goes_with_the_whole()
    {
        var world = new PushScenario(One);
        var release = Release.Of("1.0");
        release.IsIn(world.Ecr, 60);
        await world.KnowsTheRepositoryAsync();
        var row = (await world.Index.ReadRowsAsync(PushScenario.App, [D(release.Members[0])], default)).Values.Single();
        (await world.Index.TryRemoveAsync(PushScenario.App, row.Digest, row.Revision, default)).ShouldBeTrue();
        await world.PushAsync("new");
        DigestsIn(world).Count.ShouldBe(1);
    }

    // 150 left-over members of an index somebody deleted by hand
    [Fact]
    public async Task A_hundred_and_fifty_left_overs_go_in_as_many_calls_as_it_takes()
    {
        var world = new PushScenario(One);
        var members = Enumerable.Range(0, 150).Select(n => ManifestFactory.Image($"m{n}", 10)).ToList();
        var index = ManifestFactory.ManifestList(members);
        foreach (var m in members)
            Seed(world, m, 60);
        Seed(world, index, 59, "1.0");
        await world.KnowsTheRepositoryAsync();
        world.DeletedByHand("1.0");
        await world.PushAsync("new");
        DigestsIn(world).Count.ShouldBe(1);
    }

    // the index's row contested: its second read takes the first for a pull
    [Fact]
    public async Task A_reading_that_has_to_be_repeated_is_no_use_either()
    {
        var world = new PushScenario(One with { Policy = One.Policy with { KeepPulledFor = TimeSpan.FromDays(90) } });
        world.HasImage("x", 90);
        await world.KnowsTheRepositoryAsync();
        var index = ManifestFactory.ManifestList(ManifestFactory.Image("a", 10));
        await world.HandleAsync(world.Ecr.PutImage(ManifestFactory.Image("a", 10).Put(PushScenario.App)).Event!);
        var evt = world.Ecr.PutImage(index.Put(PushScenario.App, "1")).Event!;
        var once = true;
        world.Index.Before = call =>
        {
            if (call == "write" && once)
            {
                once = false;
                world.Clock.Advance(TimeSpan.FromSeconds(1));
                world.Index.AddReferrerAsync(PushScenario.App, D(index), D(ManifestFactory.Image("ref")), default).GetAwaiter().GetResult();
            }
        };
        await world.HandleAsync(evt);
        world.Index.Before = null;
        var row = (await world.Index.ReadRowsAsync(PushScenario.App, [D(index)], default)).Values.Single();
        row.History.PulledBefore.ShouldBeNull();
    }

    [Fact]
    public async Task Beside_an_index_that_can_t_be_read_no_untagged_image_outranks_anything()
    {
        var world = new PushScenario(One);
        world.HasImage("old", 60);
        Seed(world, ManifestFactory.Image("untagged", 10), 50);
        await world.KnowsTheRepositoryAsync();
        var broken = new string('e', 64);
        world.Ecr.Seed(PushScenario.App, new SeededImage { Digest = "sha256:" + broken, Tags = ["broken"], PushedAt = PushScenario.Noon.AddMinutes(-2), MediaType = MediaTypes.OciIndex });
        world.Settings = world.Settings with { Policy = world.Settings.Policy with { KeepNewest = 1 } };
        var evt = world.Pushed("x") with { Digest = "sha256:" + broken, Tag = "broken" };
        world.DeletedByHand("x");
        await world.HandleAsync(evt);
        world.Images.ShouldContain("old");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_left_of_an_index_that_is_gone_is_found_by_what_its_row_says_though_theirs_say_less(bool isForgotten)
    {
        var world = new PushScenario(One);
        world.HasImage("newest", 1);
        var platform = ManifestFactory.Image("platform", 10);
        var attestation = ManifestFactory.Referrer(platform, "attestation");
        var index = ManifestFactory.ManifestList(platform, attestation);
        Seed(world, platform, 60);
        world.Ecr.Seed(PushScenario.App, attestation.At(PushScenario.Noon.AddDays(-60)) with { SubjectDigest = platform.Digest });
        Seed(world, index, 59, "1.0");
        await world.KnowsTheRepositoryAsync();
        foreach (var gone in new[] { index, platform })
            world.Ecr.Expire(PushScenario.App, gone.Digest).ShouldBeTrue();

        // A run that was cut off has been here.
        var rows = (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows;
        await world.Index.TryRemoveAsync(PushScenario.App, D(platform), rows[D(platform)].Revision, default);
        var left = rows[D(attestation)];
        if (isForgotten)
            await world.Index.TryRemoveAsync(PushScenario.App, left.Digest, left.Revision, default);
        else
            await world.Index.TryWriteAsync(PushScenario.App, left with { History = left.History with { Owners = DigestSet.Empty } }, default);

        await world.PushAsync("new");

        DigestsIn(world).ShouldNotContain(attestation.Digest);
    }

    [Fact]
    public async Task A_member_whose_row_was_lost_is_no_image_to_the_row_of_its_index_and_goes_after_it()
    {
        var world = new PushScenario(One);
        world.HasImage("newest", 1);
        var member = ManifestFactory.Image("member", 10);
        var index = ManifestFactory.ManifestList(member);
        Seed(world, member, 60);
        Seed(world, index, 59, "1.0");
        await world.KnowsTheRepositoryAsync();
        world.Ecr.Expire(PushScenario.App, index.Digest).ShouldBeTrue();
        var row = (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows[D(member)];
        await world.Index.TryRemoveAsync(PushScenario.App, row.Digest, row.Revision, default);

        await world.PushAsync("new");

        DigestsIn(world).ShouldNotContain(member.Digest);
    }

    [Fact]
    public async Task A_part_that_ECR_refused_to_delete_is_found_again_though_its_row_names_no_owner()
    {
        var isRefused = true;
        var world = new PushScenario(One) { RegistrySeen = registry => isRefused ? new Simulation.RefusingSome(registry) : registry };
        world.HasImage("newest", 1);
        var member = ManifestFactory.Image("member", 10);
        var index = ManifestFactory.ManifestList(member);
        Seed(world, member, 60);
        Seed(world, index, 59, "1.0");
        await world.KnowsTheRepositoryAsync();
        world.Ecr.Expire(PushScenario.App, index.Digest).ShouldBeTrue();
        var row = (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows[D(member)];
        await world.Index.TryWriteAsync(PushScenario.App, row with { History = row.History with { Owners = DigestSet.Empty } }, default);
        (await world.PushAsync("new")).FailedCount.ShouldBe(1);
        isRefused = false;

        await world.PushAsync("next");

        DigestsIn(world).ShouldNotContain(member.Digest);
    }
}
