using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Rules;

public class WhatTheRuleKeepsTests
{
    static readonly RetentionPolicy TwoNewestAndThirtyDays = new() { KeepNewest = 2 };

    static IReadOnlyList<Verdict> Decide(RetentionPolicy policy, params KnownManifest[] facts) =>
        Retention.Decide(policy, A.Now, facts, Scope.WholeRepository);

    static IReadOnlyList<bool> Expired(RetentionPolicy policy, params KnownManifest[] facts) =>
        [.. Decide(policy, facts).Select(v => v.IsExpired)];

    [Fact]
    public void An_image_past_both_windows_is_expired()
    {
        var verdict = Decide(TwoNewestAndThirtyDays, A.Image(1, 1), A.Image(2, 2), A.Image(3, 43.15))[2];

        verdict.IsExpired.ShouldBeTrue();
        verdict.Reason.ShouldBe("rank 2, 43.2 days old");
    }

    [Fact]
    public void An_image_past_one_window_alone_is_kept() =>
        Expired(TwoNewestAndThirtyDays, A.Image(1, 400), A.Image(2, 401), A.Image(3, 29)).ShouldBe([false, true, false]);

    [Fact]
    public void A_repository_that_nobody_pushes_to_keeps_its_newest_for_ever() =>
        Expired(TwoNewestAndThirtyDays, A.Image(1, 4_000), A.Image(2, 5_000)).ShouldBe([false, false]);

    [Fact]
    public void Exactly_X_days_old_is_kept_and_a_tick_more_is_not()
    {
        KnownManifest exactly = A.Image(3, 30);
        KnownManifest more = exactly with
        {
            Manifest = exactly.Manifest with { PushedAt = exactly.Manifest.PushedAt - TimeSpan.FromTicks(1) },
        };

        Expired(TwoNewestAndThirtyDays, A.Image(1, 1), A.Image(2, 2), exactly).ShouldBe([false, false, false]);
        Expired(TwoNewestAndThirtyDays, A.Image(1, 1), A.Image(2, 2), more).ShouldBe([false, false, true]);
    }

    [Fact]
    public void Of_two_pushed_at_the_same_instant_the_smaller_digest_is_the_newer() =>
        Expired(TwoNewestAndThirtyDays, A.Image(9, 40), A.Image(7, 40), A.Image(8, 40)).ShouldBe([true, false, false]);

    [Fact]
    public void With_N_of_one_the_newest_stays() =>
        Expired(new() { KeepNewest = 1 }, A.Image(1, 99), A.Image(2, 98), A.Image(3, 97)).ShouldBe([true, true, false]);

    [Fact]
    public void With_zero_days_the_rank_alone_decides() =>
        Expired(new() { KeepNewest = 1, KeepFor = TimeSpan.Zero }, A.Image(1, 0.001), A.Image(2, 0)).ShouldBe([true, false]);

    [Fact]
    public void Any_one_protecting_tag_protects_the_whole_image()
    {
        var policy = new RetentionPolicy { KeepNewest = 1, ProtectTags = WildcardSet.Of("latest", "release-*") };

        var verdicts = Decide(
            policy, A.Image(1, 0), A.Image(2, 40, "1.0", "latest"), A.Image(3, 41, "release-7"), A.Image(4, 42, "Release-7"));

        verdicts.Select(v => v.IsExpired).ShouldBe([false, false, false, true]);
        verdicts[1].Reason.ShouldBe("tag latest matches latest");
    }

    [Fact]
    public void A_protected_image_takes_its_place_all_the_same() =>
        Expired(new() { KeepNewest = 1, ProtectTags = WildcardSet.Of("keep") }, A.Image(1, 40, "keep"), A.Image(2, 41))
            .ShouldBe([false, true]);

    [Fact]
    public void A_promotion_makes_younger_but_not_newer()
    {
        var promoted = A.Image(3, 300) with { History = new ManifestHistory { PromotedAt = A.Now.AddDays(-3) } };

        var verdict = Decide(TwoNewestAndThirtyDays, A.Image(1, 100), A.Image(2, 200), promoted)[2];

        verdict.IsExpired.ShouldBeFalse();
        verdict.Rank.ShouldBe(2);
        verdict.Reason.ShouldBe("3.0 days old");
    }

    [Fact]
    public void A_restore_from_the_archive_makes_younger()
    {
        var image = A.Image(3, 300);
        var restored = image with { Manifest = image.Manifest with { LastActivatedAt = A.Now.AddDays(-3) } };

        Expired(TwoNewestAndThirtyDays, A.Image(1, 1), A.Image(2, 2), restored).ShouldBe([false, false, false]);
    }

    [Fact]
    public void A_time_in_the_future_counts_as_now()
    {
        var promoted = A.Image(3, 300) with { History = new ManifestHistory { PromotedAt = A.Now.AddDays(100) } };

        Decide(TwoNewestAndThirtyDays, A.Image(1, 1), A.Image(2, 2), promoted)[2].Reason.ShouldBe("less than 0.1 days old");
    }

    [Theory]
    [InlineData(6.0, true)]
    [InlineData(8.0, true)]
    [InlineData(8.1, false)]
    public void A_pull_keeps_for_its_days_and_one_for_the_lag(double pulledDaysAgo, bool isKept)
    {
        var image = A.Image(3, 300);
        var pulled = image with { Manifest = image.Manifest with { LastPulledAt = A.Now.AddDays(-pulledDaysAgo) } };
        var policy = TwoNewestAndThirtyDays with { KeepPulledFor = TimeSpan.FromDays(7) };

        Decide(policy, A.Image(1, 1), A.Image(2, 2), pulled)[2].IsExpired.ShouldBe(!isKept);
    }

    [Theory]
    [InlineData(2, 20)]
    [InlineData(20, 2)]
    [InlineData(20, null)]
    [InlineData(null, 20)]
    public void Of_the_pulls_of_its_parts_the_latest_keeps_an_image(int? first, int? second)
    {
        var parts = new[] { (Number: 4, Pulled: first), (Number: 5, Pulled: second) }
            .Select(p =>
            {
                var part = A.Image(p.Number, 300);
                return part with
                {
                    Manifest = part.Manifest with { Tags = [], LastPulledAt = p.Pulled is { } days ? A.Now.AddDays(-days) : null },
                };
            })
            .ToList();
        var image = A.Image(3, 300);
        var index = new KnownManifest(
            image.Manifest with
            {
                MediaType = MediaTypes.OciIndex,
            },
            new ManifestHistory { Kind = Kind.Image, Members = DigestSet.Of(parts.Select(p => p.Digest)) }
        );
        var policy = TwoNewestAndThirtyDays with { KeepPulledFor = TimeSpan.FromDays(7) };

        Decide(policy, [A.Image(1, 1), A.Image(2, 2), index, .. parts])[2].IsExpired.ShouldBe(first != 2 && second != 2);
    }

    [Fact]
    public void Pulls_count_for_nothing_unless_asked_for()
    {
        var image = A.Image(3, 300);
        var pulled = image with { Manifest = image.Manifest with { LastPulledAt = A.Now } };

        Expired(TwoNewestAndThirtyDays, A.Image(1, 1), A.Image(2, 2), pulled).ShouldBe([false, false, true]);
    }

    [Theory]
    [InlineData(ManifestStatus.Archived)]
    [InlineData(ManifestStatus.Activating)]
    [InlineData(ManifestStatus.Unknown)]
    public void What_is_not_active_is_neither_counted_nor_expired(ManifestStatus status)
    {
        var image = A.Image(1, 50);
        var inactive = image with { Manifest = image.Manifest with { Status = status } };

        var verdicts = Decide(new() { KeepNewest = 1 }, inactive, A.Image(2, 60));

        verdicts.Select(v => v.IsExpired).ShouldBe([false, false]);
        verdicts[0].IsDoubt.ShouldBe(status == ManifestStatus.Unknown);
    }

    [Fact]
    public void A_digest_given_twice_would_count_twice_and_is_refused() =>
        Should.Throw<ArgumentException>(() => Decide(TwoNewestAndThirtyDays, A.Image(1, 1), A.Image(1, 1)));

    [Fact]
    public void Among_a_part_of_the_repository_a_rank_is_at_least_what_it_says()
    {
        var verdicts = Retention.Decide(new() { KeepNewest = 1 }, A.Now, [A.Image(1, 1), A.Image(2, 40)], Scope.PartOfRepository);

        verdicts[1].Reason.ShouldBe("rank 1 or more, 40.0 days old");
    }

    [Fact]
    public void A_broken_time_of_a_pull_is_no_exception()
    {
        var image = A.Image(1, 50);
        var broken = image with { Manifest = image.Manifest with { LastPulledAt = DateTimeOffset.MinValue } };
        var policy = new RetentionPolicy { KeepPulledFor = TimeSpan.FromDays(7) };

        ImageGroup.Of(policy, broken, A.Now).DueFrom(policy, A.Now).ShouldBe(A.Now.AddDays(-50));
    }
}
