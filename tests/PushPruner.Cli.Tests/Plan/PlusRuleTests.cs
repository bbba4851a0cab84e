using CsCheck;
using PushPruner.Cli.Plan;
using PushPruner.Policies;
using PushPruner.Rules;

namespace PushPruner.Cli.Tests.Plan;

/// <summary>What "X days plus N more" would keep of what is expired here.</summary>
public class PlusRuleTests
{
    static readonly RetentionPolicy Policy = new()
    {
        KeepNewest = 3, KeepFor = TimeSpan.FromDays(10), ProtectTags = WildcardSet.Of("prod-*"),
    };

    static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Where_nothing_is_young_both_keep_the_same() =>
        KeptToo([Image(1, 20), Image(2, 21), Image(3, 22), Image(4, 23), Image(5, 24)]).ShouldBeEmpty();

    [Fact]
    public void Each_young_one_lets_an_older_one_stay() =>
        KeptToo([Image(1, 1), Image(2, 2), Image(3, 22), Image(4, 23), Image(5, 24), Image(6, 25)]).ShouldBe([4, 5]);

    [Fact]
    public void However_many_are_young_they_are_N_at_most() =>
        KeptToo([.. Enumerable.Range(1, 50).Select(n => Image(n, n / 100d)), .. Enumerable.Range(51, 50).Select(n => Image(n, n))])
            .ShouldBe([51, 52, 53]);

    [Fact]
    public void What_a_tag_protects_takes_a_place() =>
        KeptToo([Image(1, 1), Image(2, 2), Image(3, 3), Image(4, 24, "prod-1"), Image(5, 25), Image(6, 26), Image(7, 27)])
            .ShouldBe([5, 6]);

    [Fact]
    public void Exactly_X_days_old_is_young() =>
        KeptToo([Image(1, 10), Image(2, 10), Image(3, 10), Image(4, 11), Image(5, 12), Image(6, 13), Image(7, 14)])
            .ShouldBe([4, 5, 6]);

    [Fact]
    public void A_promotion_makes_young_there_as_here()
    {
        var promoted = Image(4, 24) with { History = ManifestHistory.None with { PromotedAt = Now.AddDays(-1) } };

        KeptToo([Image(1, 1), Image(2, 2), Image(3, 3), promoted, Image(5, 25), Image(6, 26), Image(7, 27), Image(8, 28)])
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
                        .Select((image, n) => Image(n + 1, image.Item1, image.Item2 && image.Item1 % 5 == 0 ? $"prod-{n}" : $"t{n}"))
                        .ToList();
                    var newestFirst = facts.OrderByDescending(f => f.Manifest.PushedAt).ThenBy(f => f.Digest).ToList();
                    var older = newestFirst.Where(f => Now - f.Manifest.PushedAt > Policy.KeepFor).ToList();
                    var kept = newestFirst
                        .Except(older)
                        .Concat(older.Take(Policy.KeepNewest))
                        .Concat(older.Where(f => f.Manifest.Tags[0].StartsWith("prod-", StringComparison.Ordinal)));

            var verdicts = Retention.Decide(Policy, Now, facts, Scope.WholeRepository);
            var ours = verdicts.Where(v => !v.IsExpired).Select(v => v.Digest);

                    ours.Concat(PlusRule.KeepsToo(Policy, Now, verdicts).Select(v => v.Digest))
                        .ShouldBe(kept.Select(f => f.Digest).Distinct(), ignoreOrder: true);
                },
                iter: 1_000);

    static IEnumerable<int> KeptToo(IReadOnlyList<KnownManifest> facts) =>
        PlusRule
            .KeepsToo(Policy, Now, Retention.Decide(Policy, Now, facts, Scope.WholeRepository))
            .Select(v => facts.ToList().FindIndex(f => f.Digest == v.Digest) + 1);

    /// <summary>A tagged image that was pushed so many days ago.</summary>
    static KnownManifest Image(int n, double daysOld, params string[] tags)
    {
        var manifest = new Manifest
        {
            Digest = Digest.Parse($"sha256:{n:x64}"),
            Tags = tags.Length > 0 ? tags : [$"t{n}"],
            PushedAt = Now.AddDays(-daysOld),
            MediaType = MediaTypes.OciManifest,
            Bytes = 1_000,
        };
        return new(manifest, ManifestHistory.None);
    }
}
