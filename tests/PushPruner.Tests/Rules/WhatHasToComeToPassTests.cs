using CsCheck;
using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Snapshots;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Rules;

/// <summary>What is said of the future is what the rule then does.</summary>
public class WhatHasToComeToPassTests
{
    const int Most = 30;

    // Names a subject that is in another repository, if anywhere.
    static readonly string Elsewhere = $"sha256-{A.DigestOf(98).Hex}.att";

    // Few distinct instants, some of them a little ahead of the clock, and few digests, so that indexes name what is there.
    static readonly Gen<KnownManifest> SomeFact =
        from n in Gen.Int[0, Most]
        from days in Gen.OneOf(Gen.Int[0, 40].Select(d => (double)d), Gen.Double[-0.4, 60])
        from tags in Pick.Of<string[]>(
            [],
            ["1.0"],
            ["1.0"],
            ["latest", "2.0"],
            ["1.0-amd64"],
            [$"sha256-{A.DigestOf(1).Hex}.sig"],
            [Elsewhere])
        from proven in Gen.Bool
        from wasMember in Gen.Int[0, 3]
        from since in Pick.Of<double?>(null, null, null, -0.3, 5, 30, 31)
        from pulled in Pick.Of<double?>(null, null, -3, 4, 20)
        from status in Pick.Of(
            ManifestStatus.Active, ManifestStatus.Active, ManifestStatus.Active, ManifestStatus.Active, ManifestStatus.Archived)
        from type in Pick.Of(MediaTypes.OciManifest, MediaTypes.OciManifest, MediaTypes.OciManifest, MediaTypes.OciIndex)
        from members in Gen.Int[0, Most].List[0, 3]
        from subject in Pick.Of<int?>(null, null, null, null, 2, 99)
        from isRead in Gen.Int[0, 30]
        let pushedAt = A.Now.AddDays(-days)
        select new KnownManifest(
            A.Manifest(n, pushedAt, tags) with
            {
                Status = status,
                MediaType = type,
                LastPulledAt = pulled is { } p ? A.Now.AddDays(-p) : null,
                LastActivatedAt = since == 5 ? A.Now.AddDays(-5) : null,
                Subject = subject is { } s ? A.DigestOf(s) : null,
            },
            new ManifestHistory
            {
                ProvenFor = proven ? pushedAt : null,
                PromotedAt = since is { } d ? A.Now.AddDays(-d) : null,
                WasMember = wasMember == 0,
                Kind = Kind.Image, Members = type == MediaTypes.OciIndex && isRead > 0 ? DigestSet.Of(members.Select(A.DigestOf)) : null,
            });

    static readonly Gen<List<KnownManifest>> SomeRepository = SomeFact
        .List[1, Most]
        .Select(facts => facts.DistinctBy(f => f.Digest).ToList());

    static readonly Gen<RetentionPolicy> SomePolicy =
        from n in Gen.Int[1, 12]
        from x in Gen.Int[0, 40]
        from pulled in Pick.Of(0, 0, 3, 40)
        from protects in Gen.Bool
        select new RetentionPolicy
        {
            KeepNewest = n,
            KeepFor = TimeSpan.FromDays(x),
            KeepPulledFor = TimeSpan.FromDays(pulled),
            ProtectTags = protects ? WildcardSet.Of("lat*") : WildcardSet.None,
        };

    [Fact]
    public void Time_and_pushes_make_it_expire_once_all_that_is_said_has_come_and_not_before() =>
        Gen.Select(SomeRepository, SomePolicy)
            .Sample(
                (facts, policy) =>
                {
                    foreach (var (digest, outlook) in Explained(facts, policy)
                            .Where(e => e.Forecast is { EndsByItself: true })
                            .Select(e => (e.Manifest.Digest, e.Forecast!)))
                    {
                        var past = outlook.After?.AddTicks(1) ?? A.Now;
                        Expires(facts, policy, digest, past, outlook.NewerImages).ShouldBeTrue($"{digest}: {outlook}");
                        if (outlook.NewerImages > 0)
                        {
                            Expires(facts, policy, digest, past, outlook.NewerImages - 1)
                                .ShouldBeFalse($"one image fewer, {digest}: {outlook}");
                        }

                        if (outlook.After is { } instant)
                        {
                            Expires(facts, policy, digest, instant, outlook.NewerImages)
                                .ShouldBeFalse($"the instant itself, {digest}: {outlook}");
                        }
                    }
                });

    [Fact]
    public void What_does_not_end_by_itself_is_kept_whatever_is_pushed_and_however_long_it_takes() =>
        Gen.Select(SomeRepository, SomePolicy)
            .Sample(
                (facts, policy) =>
                {
                    foreach (var digest in Explained(facts, policy)
                            .Where(e => e is { Forecast: { EndsByItself: false } } or { Forecast: null, Follows: [] })
                            .Select(e => e.Manifest.Digest))
                    {
                        Expires(facts, policy, digest, A.Now.AddYears(100), 1_000).ShouldBeFalse($"{digest}");
                    }
                });

    [Fact]
    public void What_follows_others_is_kept_while_any_of_them_is() =>
        Gen.Select(SomeRepository, SomePolicy).Sample((facts, policy) =>
        {
            foreach (var follower in Explained(facts, policy).Where(e => e.Follows.Count > 0))
            {
                follower.IsExpired.ShouldBe(follower.Follows.All(f => f.IsExpired));
                follower.Follows.ShouldAllBe(f => f.Follows.Count == 0);
            }
        });

    [Fact]
    public void Nothing_is_left_to_come_of_what_is_expired_and_of_that_alone() =>
        Gen.Select(SomeRepository, SomePolicy).Sample((facts, policy) =>
            Explained(facts, policy).Where(e => e.Forecast is not null).All(e => e.Forecast!.IsOver == e.IsExpired));

    [Fact]
    public void A_broken_time_of_a_pull_or_a_promotion_does_not_leave_the_calendar()
    {
        var policy = new RetentionPolicy { KeepFor = TimeSpan.FromDays(36_500), KeepPulledFor = TimeSpan.FromDays(36_500) };
        var image = A.Image(1, 40) with { History = new ManifestHistory { PromotedAt = DateTimeOffset.MaxValue } };
        image = image with { Manifest = image.Manifest with { LastPulledAt = DateTimeOffset.MaxValue } };

        var outlook = ExpiryForecast.Of(policy, A.Now, rank: 0, ImageGroup.Of(policy, image, A.Now));

        outlook.After.ShouldNotBeNull().Year.ShouldBeGreaterThanOrEqualTo(9000);
    }

    static IReadOnlyList<Explanation> Explained(List<KnownManifest> facts, RetentionPolicy policy)
    {
        var verdicts = Retention.Decide(policy, A.Now, facts, Scope.WholeRepository, Gone);
        var survey = new RepositorySnapshot(
            "team/app",
            A.Now,
            policy,
            RepositoryOverrides.None,
            facts.ToDictionary(f => f.Digest),
            verdicts,
            Gone);
        return [.. facts.Select(f => Explanation.Of(survey, f.Digest))];
    }

    static readonly HashSet<Digest> Gone = [A.DigestOf(1)];

    // New images come when the clock is there, or later where others were pushed ahead of it.
    static bool Expires(List<KnownManifest> facts, RetentionPolicy policy, Digest digest, DateTimeOffset at, int pushed)
    {
        var newest = facts.Max(f => f.Manifest.PushedAt!.Value);
        var from = newest > at ? newest : at;
        var more = Enumerable
            .Range(1, pushed)
            .Select(n => A.Image(1_000 + n, 0) with { Manifest = A.Manifest(1_000 + n, from.AddTicks(n), $"new-{n}") });
        return Retention.Decide(policy, at, [.. facts, .. more], Scope.WholeRepository, Gone).Single(v => v.Digest == digest).IsExpired;
    }
}
