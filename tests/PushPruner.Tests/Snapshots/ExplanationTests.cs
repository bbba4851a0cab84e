using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Snapshots;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Snapshots;

public class ExplanationTests
{
    static readonly RetentionPolicy Policy = new() { KeepNewest = 2 };

    [Fact]
    public void An_image_is_measured_by_what_is_missing_in_rank_and_age()
    {
        var outlook = Explain(A.DigestOf(2), A.Image(1, 1), A.Image(2, 12.5), A.Image(3, 90)).Forecast.ShouldNotBeNull();

        outlook.ShouldBe(new ExpiryForecast(NewerImages: 1, After: A.Now.AddDays(-12.5 + 30), Protection: null, Doubt: null));
    }

    [Fact]
    public void The_youngest_of_its_parts_is_named_with_what_happened_to_it()
    {
        var member = A.Image(2, 50) with
        {
            Manifest = A.Manifest(2, A.Now.AddDays(-50)), History = new ManifestHistory { PromotedAt = A.Now.AddDays(-3) },
        };

        var explained = Explain(A.DigestOf(1), Index(1, 50, 2), member);

        explained.Youngest.ShouldBe((A.DigestOf(2), new Activity(A.Now.AddDays(-3), ActivityKind.Promotion)));
        explained.Forecast!.After.ShouldBe(A.Now.AddDays(27));
    }

    [Fact]
    public void Of_what_happened_at_the_same_instant_its_own_push_is_named()
    {
        var member = A.Image(2, 50) with { History = new ManifestHistory { PromotedAt = A.Now.AddDays(-50) } };

        Explain(A.DigestOf(1), Index(1, 50, 2), member)
            .Youngest.ShouldBe((A.DigestOf(1), new Activity(A.Now.AddDays(-50), ActivityKind.Push)));
    }

    [Fact]
    public void A_referrer_s_own_activity_makes_nothing_younger()
    {
        var signature = new KnownManifest(A.Manifest(2, A.Now.AddDays(-1)) with { Subject = A.DigestOf(1) }, ManifestHistory.None);

        Explain(A.DigestOf(1), A.Image(1, 50), signature).Youngest!.Value.Activity.At.ShouldBe(A.Now.AddDays(-50));
    }

    [Fact]
    public void A_signature_of_something_that_is_elsewhere_names_that_and_is_not_measured()
    {
        var explained = Explain(A.DigestOf(1), A.Image(1, 90, $"sha256-{A.DigestOf(9).Hex}.sig"));

        explained.Role.ShouldBe(Role.Referrer);
        explained.Verdict.Reason.ShouldBe($"referrer of {A.DigestOf(9)}");
        explained.Forecast.ShouldBeNull();
        explained.Follows.ShouldBeEmpty();
    }

    [Fact]
    public void A_member_that_is_also_the_signature_of_something_elsewhere_is_kept_for_that_whatever_becomes_of_its_index()
    {
        KnownManifest[] facts = [A.Image(8, 1), A.Image(7, 2), Index(1, 90, 2), A.Image(2, 90, $"sha256-{A.DigestOf(9).Hex}.att")];

        Explain(A.DigestOf(1), facts).IsExpired.ShouldBeTrue();
        var explained = Explain(A.DigestOf(2), facts);
        explained.IsExpired.ShouldBeFalse();
        explained.Role.ShouldBe(Role.Referrer);
        explained.Follows.ShouldBeEmpty();
        explained.Verdict.Reason.ShouldBe($"referrer of {A.DigestOf(9)}");
    }

    [Fact]
    public void What_is_kept_names_the_owner_that_keeps_it()
    {
        KnownManifest[] facts =
        [
            A.Image(8, 1),
            Index(1, 90, 2),
            Index(6, 2, 2),
            A.Image(2, 90) with
            {
                Manifest = A.Manifest(2, A.Now.AddDays(-90)),
            },
        ];

        Explain(A.DigestOf(1), facts).IsExpired.ShouldBeTrue();
        Explain(A.DigestOf(2), facts).Verdict.Reason.ShouldBe($"member of {A.DigestOf(6)}");
    }

    [Fact]
    public void A_part_of_a_part_follows_the_image_at_the_top()
    {
        var explained = Explain(A.DigestOf(3), Index(1, 50, 2), Index(2, 50, 3), A.Image(3, 50));

        explained.Role.ShouldBe(Role.Member);
        explained.Owners.ShouldBe([A.DigestOf(2)]);
        explained.Follows.ShouldHaveSingleItem().Manifest.Digest.ShouldBe(A.DigestOf(1));
    }

    [Fact]
    public void What_several_own_follows_each_of_them_once()
    {
        var explained = Explain(A.DigestOf(3), Index(1, 50, 3), Index(2, 50, 3, 1), A.Image(3, 50));

        explained.Follows.ShouldHaveSingleItem().Manifest.Digest.ShouldBe(A.DigestOf(2));
        Explain(A.DigestOf(3), Index(1, 50, 3), Index(2, 50, 3), A.Image(3, 50)).Follows.Count.ShouldBe(2);
    }

    [Fact]
    public void The_followers_are_members_then_referrers()
    {
        var signature = new KnownManifest(A.Manifest(4, A.Now.AddDays(-60)) with { Subject = A.DigestOf(2) }, ManifestHistory.None);

        Explain(A.DigestOf(1), Index(1, 50, 2, 3), A.Image(2, 50), A.Image(3, 51), signature)
            .Followers.Select(f => (f.Manifest.Digest, f.Role))
            .ShouldBe([(A.DigestOf(3), Role.Member), (A.DigestOf(2), Role.Member), (A.DigestOf(4), Role.Referrer)]);
    }

    [Fact]
    public void What_is_not_proven_says_from_when_a_listing_proves_it()
    {
        var explained = Explain(A.DigestOf(1), A.Image(1, 0.01) with { Manifest = A.Manifest(1, A.Now.AddMinutes(-15)) });

        explained.Role.ShouldBe(Role.Unproven);
        explained.ProvenAfter.ShouldBe(A.Now.AddMinutes(45));
        explained.Forecast.ShouldBeNull();
    }

    [Fact]
    public void A_repository_that_keeps_everything_expires_nothing()
    {
        KnownManifest[] facts = [A.Image(1, 1), A.Image(2, 2), A.Image(3, 90)];
        var survey = new RepositorySnapshot(
            "team/app",
            A.Now,
            Policy,
            new RepositoryOverrides { Enabled = false },
            facts.ToDictionary(f => f.Digest),
            Retention.Decide(Policy, A.Now, facts, Scope.WholeRepository),
            new HashSet<Digest>());

        var explained = Explanation.Of(survey, A.DigestOf(3));

        explained.IsExpired.ShouldBeFalse();
        explained.Verdict.IsExpired.ShouldBeTrue();
        explained.KeepsEverything.ShouldNotBeNull().ShouldContain("pushpruner:enabled");
    }

    [Fact]
    public void What_is_not_there_is_an_error() => Should.Throw<KeyNotFoundException>(() => Explain(A.DigestOf(9), A.Image(1, 1)));

    static KnownManifest Index(int n, double days, params int[] members) =>
        A.Image(n, days) with
        {
            Manifest = A.Manifest(n, A.Now.AddDays(-days), $"v{n}") with { MediaType = MediaTypes.OciIndex },
            History = new ManifestHistory { Kind = Kind.Image, Members = DigestSet.Of(members.Select(A.DigestOf)) },
        };

    static Explanation Explain(Digest digest, params KnownManifest[] facts)
    {
        var none = new HashSet<Digest>();
        var verdicts = Retention.Decide(Policy, A.Now, facts, Scope.WholeRepository, none);
        return Explanation.Of(
            new RepositorySnapshot("team/app", A.Now, Policy, RepositoryOverrides.None, facts.ToDictionary(f => f.Digest), verdicts, none),
            digest);
    }
}
