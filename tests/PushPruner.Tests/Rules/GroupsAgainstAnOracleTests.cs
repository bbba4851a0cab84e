using CsCheck;
using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Rules;

public class GroupsAgainstAnOracleTests
{
    static readonly Gen<RetentionPolicy> SomePolicy = Gen.Select(Gen.Int[1, 6], Gen.Int[0, 40], Gen.Bool)
        .Select(
            (n, x, protects) =>
                new RetentionPolicy
                {
                    KeepNewest = n, KeepFor = TimeSpan.FromDays(x), ProtectTags = protects ? WildcardSet.Of("latest") : WildcardSet.None,
                });

    static Dictionary<Digest, Verdict> Decide(RetentionPolicy policy, List<KnownManifest> facts) =>
        Retention.Decide(policy, A.Now, facts, Scope.WholeRepository).ToDictionary(v => v.Digest);

    [Fact]
    public void It_equals_the_definitions_written_out() =>
        Gen.Select(Forest.WithoutCircles, SomePolicy).Sample((facts, policy) =>
        {
            var expected = new GroupOracle(facts, policy).Expired();
            return Decide(policy, facts).Values.Where(v => v.IsExpired).Select(v => v.Digest).ToHashSet().SetEquals(expected);
        }, iter: 400);

    [Fact]
    public void No_kept_owner_ever_loses_what_it_owns() =>
        Gen.Select(Forest.Any, SomePolicy).Sample((facts, policy) =>
        {
            var verdicts = Decide(policy, facts);
            return facts.All(owner => verdicts[owner.Digest].IsExpired
                || GroupOracle.OwnedBy(owner, facts).All(owned => !verdicts[owned.Digest].IsExpired));
        }, iter: 400);

    [Fact]
    public void A_part_of_the_repository_never_expires_what_the_whole_keeps() =>
        Gen.Select(Forest.WithoutCircles, SomePolicy, Gen.Int[0, 1_000])
            .Sample(
                (facts, policy, seed) =>
                {
                    // The index knows owners; what is asked for of an image is all that lives and dies with it.
                    var random = new Random(seed);
                    var whole = Decide(policy, facts);
                    var withOwners = facts
                        .Select(f =>
                            f with
                            {
                                History = f.History with
                                {
                                    Owners = new DigestSet(
                                        facts.Where(o => o.History.Members?.Contains(f.Digest) == true).Select(o => o.Digest)),
                                },
                            })
                        .ToList();
                    var roots = withOwners.Where(f => random.Next(2) == 0).ToList();
                    var part = roots.SelectMany(r => GroupOracle.GroupOf(r, withOwners)).Distinct().ToList();
                    var verdicts = Retention.Decide(policy, A.Now, part, Scope.PartOfRepository);
                    return verdicts.All(v => !v.IsExpired || whole[v.Digest].IsExpired);
                },
                iter: 400);

    [Fact]
    public void A_circle_in_which_nothing_is_an_image_is_kept_and_reported()
    {
        var child = new KnownManifest(A.Manifest(1, A.Now.AddDays(-90)), ManifestHistory.None);
        var loop = new KnownManifest(
            A.Manifest(2, A.Now.AddDays(-90), "loop") with { MediaType = MediaTypes.OciIndex, Subject = child.Digest },
            new ManifestHistory { Kind = Kind.Image, Members = DigestSet.Of(child.Digest) });

        var verdicts = Decide(new RetentionPolicy { KeepNewest = 1 }, [child, loop, A.Image(3, 1)]);

        verdicts[child.Digest].Reason.ShouldBe("in doubt: its ownership runs in a circle");
        verdicts[loop.Digest].IsDoubt.ShouldBeTrue();
    }

    [Fact]
    public void A_chain_of_a_thousand_indexes_is_one_image()
    {
        var facts = Enumerable.Range(0, 1_000).Select(n => new KnownManifest(
            A.Manifest(n, A.Now.AddDays(-90), n == 999 ? ["top"] : []) with { MediaType = MediaTypes.OciIndex },
            new ManifestHistory { Kind = Kind.Image, Members = n == 0 ? DigestSet.Empty : DigestSet.Of(A.DigestOf(n - 1)) })).ToList();

        Decide(new RetentionPolicy { KeepNewest = 1 }, [.. facts, A.Image(5_000, 1)]).Values.Count(v => v.IsExpired).ShouldBe(1_000);
        Decide(new RetentionPolicy { KeepNewest = 2 }, [.. facts, A.Image(5_000, 1)]).Values.Count(v => v.IsExpired).ShouldBe(0);
    }

    [Fact]
    public void Doubt_about_an_index_is_doubt_about_every_untagged_manifest()
    {
        var unread = new KnownManifest(
            A.Manifest(1, A.Now.AddDays(-90), "index") with
            {
                MediaType = MediaTypes.OciIndex,
            },
            ManifestHistory.None);
        var untagged = new KnownManifest(A.Manifest(2, A.Now.AddDays(-80)), new ManifestHistory { ProvenFor = A.Now.AddDays(-80) });

        var verdicts = Decide(new RetentionPolicy { KeepNewest = 1 }, [unread, untagged, A.Image(3, 100), A.Image(4, 110)]);

        verdicts[unread.Digest].IsDoubt.ShouldBeTrue();
        verdicts[untagged.Digest].IsDoubt.ShouldBeTrue();
        verdicts[A.DigestOf(3)].IsExpired.ShouldBeFalse("neither of the two takes a place");
        verdicts[A.DigestOf(4)].IsExpired.ShouldBeTrue();
    }

    [Fact]
    public void A_referrer_known_by_its_tag_alone_is_kept_where_its_subject_is_elsewhere()
    {
        var signature = new KnownManifest(A.Manifest(1, A.Now.AddDays(-300), $"sha256-{A.DigestOf(77).Hex}.sig"), ManifestHistory.None);

        Decide(new RetentionPolicy { KeepNewest = 1 }, [signature, A.Image(3, 1)])[signature.Digest].IsExpired.ShouldBeFalse();
        Retention
            .Decide(
                new RetentionPolicy { KeepNewest = 1 },
                A.Now,
                [signature],
                Scope.WholeRepository,
                new HashSet<Digest> { A.DigestOf(77) }
            )[0]
            .Reason.ShouldBe("a referrer whose subject is gone, 300.0 days old");
    }
}
