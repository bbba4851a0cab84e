using CsCheck;
using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Rules;

public class TheRuleAgainstAnOracleTests
{
    // Few distinct instants, so that ties and the exact boundary come up often.
    static readonly Gen<KnownManifest> SomeFact =
        from n in Gen.Int[0, 400]
        from days in Gen.OneOf(Gen.Int[0, 40].Select(d => (double)d), Gen.Double[0, 60])
        from tags in Pick.Of<string[]>([], ["1.0"], ["latest"], ["latest", "2.0"], ["1.0-amd64"])
        from proven in Gen.Bool
        from promoted in Pick.Of<double?>(null, null, null, 5, 30, 31)
        from status in Pick.Of(ManifestStatus.Active, ManifestStatus.Active, ManifestStatus.Active, ManifestStatus.Archived)
        from type in Pick.Of(MediaTypes.OciManifest, MediaTypes.OciManifest, MediaTypes.DockerManifest, "text/plain")
        let pushedAt = A.Now.AddDays(-days)
        select new KnownManifest(
            A.Manifest(n, pushedAt, tags) with { Status = status, MediaType = type },
            new ManifestHistory { ProvenFor = proven ? pushedAt : null, PromotedAt = promoted is { } p ? A.Now.AddDays(-p) : null });

    static readonly Gen<List<KnownManifest>> SomeRepository =
        SomeFact.List[0, 60].Select(facts => facts.DistinctBy(f => f.Digest).ToList());

    static readonly Gen<RetentionPolicy> SomePolicy =
        from n in Gen.Int[1, 15]
        from x in Gen.Int[0, 40]
        from protects in Gen.Bool
        select new RetentionPolicy
        {
            KeepNewest = n, KeepFor = TimeSpan.FromDays(x), ProtectTags = protects ? WildcardSet.Of("lat*") : WildcardSet.None,
        };

    static HashSet<Digest> Expired(RetentionPolicy policy, IEnumerable<KnownManifest> facts, UnreadableList? unreadable = null) =>
        [
            .. Retention
                .Decide(policy, A.Now, facts, Scope.WholeRepository, gone: null, unreadable)
                .Where(v => v.IsExpired)
                .Select(v => v.Digest),
        ];

    [Fact]
    public void It_equals_sorting_all_images_and_filtering() =>
        Gen.Select(SomeRepository, SomePolicy).Sample((facts, policy) =>
        {
            var counted = facts
                .Where(f => f.Manifest.Status == ManifestStatus.Active && f.Manifest.MediaType != "text/plain")
                .Where(f => f.History.ProvenFor is not null || f.Manifest.Tags.Any(t => t != "1.0-amd64"))
                .Where(f => f.Manifest.Tags.Count > 0 || !facts.Exists(other => MayBeNamedBy(other, f)))
                .ToList();
            counted.Sort((a, b) => a.Manifest.PushedAt == b.Manifest.PushedAt
                ? string.CompareOrdinal(a.Digest.Value, b.Digest.Value)
                : b.Manifest.PushedAt!.Value.CompareTo(a.Manifest.PushedAt!.Value));
            var oracle = counted
                .Skip(policy.KeepNewest)
                .Where(f => f.Manifest.PushedAt < A.Now - policy.KeepFor && !(f.History.PromotedAt >= A.Now - policy.KeepFor))
                .Where(f => policy.ProtectTags.Patterns.Count == 0 || !f.Manifest.Tags.Contains("latest"))
                .Select(f => f.Digest);

            return Expired(policy, facts).SetEquals(oracle);

            // Nobody knows what a manifest of an unknown type names. An archived one names only what was pushed before it had settled.
            bool MayBeNamedBy(KnownManifest unknown, KnownManifest untagged) => unknown.Manifest.MediaType == "text/plain"
                && (unknown.Manifest.Status == ManifestStatus.Active
                    || untagged.Manifest.PushedAt <= unknown.Manifest.PushedAt + policy.SettleTime);
        });

    [Fact]
    public void More_to_keep_never_expires_more() =>
        Gen.Select(SomeRepository, SomePolicy, Gen.Int[0, 5], Gen.Int[0, 20]).Sample((facts, policy, moreN, moreX) =>
            Expired(policy with { KeepNewest = policy.KeepNewest + moreN, KeepFor = policy.KeepFor + TimeSpan.FromDays(moreX) }, facts)
                .IsSubsetOf(Expired(policy, facts)));

    [Fact]
    public void One_more_protect_pattern_never_expires_more() =>
        Gen.Select(SomeRepository, SomePolicy)
            .Sample(
                (facts, policy) =>
                    Expired(policy with { ProtectTags = policy.ProtectTags.Plus(WildcardSet.Of("1.?")) }, facts)
                        .IsSubsetOf(Expired(policy, facts)));

    [Fact]
    public void A_part_of_the_repository_never_expires_what_the_whole_keeps() =>
        Gen.Select(SomeRepository, SomePolicy, Gen.Int[0, 1000]).Sample((facts, policy, seed) =>
        {
            var random = new Random(seed);
            var unreadable = UnreadableList.WidestOf(facts, policy.SettleTime);
            return Expired(policy, facts.Where(_ => random.Next(3) > 0), unreadable).IsSubsetOf(Expired(policy, facts));
        });

    [Fact]
    public void The_newest_N_images_are_never_expired() =>
        Gen.Select(SomeRepository, SomePolicy).Sample((facts, policy) =>
            Retention.Decide(policy, A.Now, facts, Scope.WholeRepository).All(v => !v.IsExpired || v.Rank >= policy.KeepNewest));

    [Fact]
    public void The_order_of_the_facts_does_not_matter() =>
        Gen.Select(SomeRepository, SomePolicy)
            .Sample((facts, policy) => Expired(policy, facts).SetEquals(Expired(policy, Enumerable.Reverse(facts))));
}
