using CsCheck;
using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Rules;

/// <summary>What "X days plus N more" would keep of what is expired here.</summary>
public class PlusRuleTests
{
    static readonly RetentionPolicy Policy = new()
    {
        KeepNewest = 3, KeepFor = TimeSpan.FromDays(10), ProtectTags = WildcardSet.Of("prod-*"),
    };

    [Fact]
    public void Where_nothing_is_young_both_keep_the_same() =>
        KeptToo([A.Image(1, 20), A.Image(2, 21), A.Image(3, 22), A.Image(4, 23), A.Image(5, 24)]).ShouldBeEmpty();

    [Fact]
    public void Each_young_one_lets_an_older_one_stay() =>
        KeptToo([A.Image(1, 1), A.Image(2, 2), A.Image(3, 22), A.Image(4, 23), A.Image(5, 24), A.Image(6, 25)]).ShouldBe([4, 5]);

    [Fact]
    public void However_many_are_young_they_are_N_at_most() =>
        KeptToo([.. Enumerable.Range(1, 50).Select(n => A.Image(n, n / 100d)), .. Enumerable.Range(51, 50).Select(n => A.Image(n, n))])
            .ShouldBe([51, 52, 53]);

    [Fact]
    public void What_a_tag_protects_takes_a_place() =>
        KeptToo([A.Image(1, 1), A.Image(2, 2), A.Image(3, 3), A.Image(4, 24, "prod-1"), A.Image(5, 25), A.Image(6, 26), A.Image(7, 27)])
            .ShouldBe([5, 6]);

    [Fact]
    public void Exactly_X_days_old_is_young() =>
        KeptToo([A.Image(1, 10), A.Image(2, 10), A.Image(3, 10), A.Image(4, 11), A.Image(5, 12), A.Image(6, 13), A.Image(7, 14)])
            .ShouldBe([4, 5, 6]);

    [Fact]
    public void A_promotion_makes_young_there_as_here()
    {
        var promoted = A.Image(4, 24) with { History = ManifestHistory.None with { PromotedAt = A.Now.AddDays(-1) } };

        KeptToo([A.Image(1, 1), A.Image(2, 2), A.Image(3, 3), promoted, A.Image(5, 25), A.Image(6, 26), A.Image(7, 27), A.Image(8, 28)])
            .ShouldBe([5, 6, 7]);
    }

    [Fact]
    public void It_is_as_if_it_were_written_down_by_itself() =>
        Gen.Select(Gen.Int[0, 30], Gen.Bool)
            .Array[0, 30]
            .Sample(
                images =>
                {
                    var facts = images
                        .Select((image, n) => A.Image(n + 1, image.Item1, image.Item2 && image.Item1 % 5 == 0 ? $"prod-{n}" : $"t{n}"))
                        .ToList();
                    var newestFirst = facts.OrderByDescending(f => f.Manifest.PushedAt).ThenBy(f => f.Digest).ToList();
                    var older = newestFirst.Where(f => A.Now - f.Manifest.PushedAt > Policy.KeepFor).ToList();
                    var kept = newestFirst
                        .Except(older)
                        .Concat(older.Take(Policy.KeepNewest))
                        .Concat(older.Where(f => f.Manifest.Tags[0].StartsWith("prod-", StringComparison.Ordinal)));

            var verdicts = Retention.Decide(Policy, A.Now, facts, Scope.WholeRepository);
            var ours = verdicts.Where(v => !v.IsExpired).Select(v => v.Digest);

                    ours.Concat(PlusRule.KeepsToo(Policy, A.Now, verdicts).Select(v => v.Digest))
                        .ShouldBe(kept.Select(f => f.Digest).Distinct(), ignoreOrder: true);
                },
                iter: 1_000);

    static IEnumerable<int> KeptToo(IReadOnlyList<KnownManifest> facts) =>
        PlusRule
            .KeepsToo(Policy, A.Now, Retention.Decide(Policy, A.Now, facts, Scope.WholeRepository))
            .Select(v => facts.ToList().FindIndex(f => f.Digest == v.Digest) + 1);
}
