using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;
using static PushPruner.Tests.Recording.MembersThatAreOnlyPartlyKnownTests;

namespace PushPruner.Tests.Recording;

/// <summary>A manifest list that one of the newest images shares is kept, even if the index knows little of it.</summary>
public class MembersSharedWithAKeptImageTests
{
    // the newer index, which shares a nested index with the old one, stands in the window
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_nested_index_shared_with_one_of_the_newest_stays(bool guarded)
    {
        var scenario = new PushScenario(One, new LocalRegistryOptions { NestedListsAreGuarded = guarded });
        var leaf = ManifestFactory.Image("leaf", 10);
        var nested = ManifestFactory.ManifestList(leaf);
        var first = ManifestFactory.ManifestList(nested, ManifestFactory.Image("a", 10));
        var second = ManifestFactory.ManifestList(nested, ManifestFactory.Image("b", 10));
        Seed(scenario, leaf, 60);
        Seed(scenario, ManifestFactory.Image("a", 10), 60);
        Seed(scenario, ManifestFactory.Image("b", 10), 60);
        Seed(scenario, nested, 59);
        Seed(scenario, first, 58, "first");
        await scenario.KnowsTheRepositoryAsync();
        await scenario.HandleAsync(scenario.Ecr.PutImage(second.Put(PushScenario.App, "second")).Event!);
        DigestsIn(scenario).ShouldNotContain(first.Digest);
        DigestsIn(scenario).ShouldContain(leaf.Digest);
        DigestsIn(scenario).ShouldContain(nested.Digest);
    }

    [Fact]
    public async Task A_dry_run_does_not_list_what_is_shared_with_one_of_the_newest()
    {
        var scenario = new PushScenario(One);
        var shared = ManifestFactory.Image("shared", 10);
        var first = ManifestFactory.ManifestList(shared, ManifestFactory.Image("a", 10));
        var second = ManifestFactory.ManifestList(shared, ManifestFactory.Image("b", 10));
        Seed(scenario, shared, 60);
        Seed(scenario, ManifestFactory.Image("a", 10), 60);
        Seed(scenario, ManifestFactory.Image("b", 10), 60);
        Seed(scenario, first, 58, "first");
        await scenario.KnowsTheRepositoryAsync();
        scenario.Settings = scenario.Settings with { DryRun = true };
        var r = await scenario.HandleAsync(scenario.Ecr.PutImage(second.Put(PushScenario.App, "second")).Event!);
        r.ExpiredCount.ShouldBe(1);
        r.Deleted.ShouldNotContain(shared.Digest);
    }

    [Fact]
    public async Task What_is_shared_with_one_of_the_newest_loses_no_tag()
    {
        var scenario = new PushScenario(One);
        var shared = ManifestFactory.Image("shared", 10);
        var first = ManifestFactory.ManifestList(shared, ManifestFactory.Image("a", 10));
        var second = ManifestFactory.ManifestList(shared, ManifestFactory.Image("b", 10));
        Seed(scenario, shared, 60, "1.0-amd64", "2.0-amd64");
        Seed(scenario, ManifestFactory.Image("a", 10), 60);
        Seed(scenario, ManifestFactory.Image("b", 10), 60);
        Seed(scenario, first, 58, "first");
        await scenario.KnowsTheRepositoryAsync();
        await scenario.HandleAsync(scenario.Ecr.PutImage(second.Put(PushScenario.App, "second")).Event!);
        scenario.Ecr.Images(PushScenario.App).Single(i => i.Digest == shared.Digest).Tags.Count.ShouldBe(2);
    }

    // event of the nested index is lost: its leaf is protected / in use
    [Fact]
    public async Task A_nested_index_whose_event_was_lost_keeps_its_owner_for_nobody_knows_what_it_names()
    {
        var scenario = new PushScenario(One with { Policy = One.Policy with { ProtectTags = WildcardSet.Of("keep") } });
        scenario.HasImage("x", 90);
        await scenario.KnowsTheRepositoryAsync();
        var leaf = ManifestFactory.Image("leaf", 10);
        var nested = ManifestFactory.ManifestList(leaf);
        var root = ManifestFactory.ManifestList(nested);
        await scenario.HandleAsync(scenario.Ecr.PutImage(leaf.Put(PushScenario.App, "keep")).Event!);
        scenario.Ecr.PutImage(nested.Put(PushScenario.App));
        await scenario.HandleAsync(scenario.Ecr.PutImage(root.Put(PushScenario.App, "root")).Event!);
        scenario.Clock.Advance(TimeSpan.FromDays(40));
        await scenario.PushAsync("new");
        DigestsIn(scenario).IsSupersetOf([leaf.Digest, nested.Digest, root.Digest]).ShouldBeTrue();
    }

    [Fact]
    public void An_index_that_can_t_be_read_keeps_its_owner()
    {
        var now = PushScenario.Noon;
        Manifest M(char c, double days, string type, params string[] tags) =>
            new()
            {
                Digest = Digest.Parse("sha256:" + new string(c, 64)), PushedAt = now.AddDays(-days), MediaType = type, Tags = tags,
            };
        var leaf = M('a', 90, MediaTypes.OciManifest, "keep");
        var nested = M('b', 90, MediaTypes.OciIndex);
        var root = M('c', 90, MediaTypes.OciIndex, "1");
        var newer = M('d', 1, MediaTypes.OciManifest, "2");
        var verdicts = Retention.Decide(
            One.Policy with
            {
                ProtectTags = WildcardSet.Of("keep"),
            },
            now,
            [
                new KnownManifest(leaf, ManifestHistory.None),
                new KnownManifest(nested, ManifestHistory.None with { Owners = DigestSet.Of(root.Digest) }),
                new KnownManifest(root, ManifestHistory.None with { Members = DigestSet.Of(nested.Digest) }),
                new KnownManifest(newer, ManifestHistory.None),
            ],
            Scope.WholeRepository);
        verdicts.Where(v => v.IsExpired).Select(v => v.Digest).ShouldBeEmpty();
    }
}
