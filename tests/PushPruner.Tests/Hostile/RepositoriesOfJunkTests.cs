using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Hostile;

/// <summary>Indexes whose manifests are junk, or as large as they come, through the real jobs.</summary>
public class RepositoriesOfJunkTests
{
    const int Megabyte = 1 << 20;

    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    static readonly IReadOnlyList<string> Recorded =
    [
        .. Directory.EnumerateFiles(Path.Combine("Data", "manifests")).Order(StringComparer.Ordinal).Select(File.ReadAllText),
    ];

    readonly PushScenario scenario = new(OneNewest);
    readonly Dictionary<Digest, string> texts = [];

    [Fact]
    public async Task What_an_index_of_junk_may_name_is_kept_by_push_and_reconcile_and_neither_fails() =>
        await Junk.Almost(Recorded)
            .SampleAsync(
                async text =>
                {
                    var junk = new RepositoriesOfJunkTests();
                    var untagged = Enumerable
                        .Range(0, 5)
                        .Select(n => junk.scenario.HasImage($"part-{n}", 90 + n, i => i with { Tags = [] }))
                        .ToList();
                    junk.HasIndex(text, "junk", 80);
                    junk.scenario.HasImages(3, daysOld: 40);
                    var content = ManifestContent.ReadList(DigestOf(text), text);

            await junk.PushAsync();
            await junk.ReconcileAsync();

                    var left = junk.scenario.Ecr.Images(PushScenario.App).Select(i => i.Digest).ToHashSet(StringComparer.Ordinal);
                    if (content is not null)
                    {
                        left.Count.ShouldBe(
                            content.Kind == Kind.Image ? 1 : 2,
                            "all that is read names nothing here, and what is no image competes with none");
                    }
                    else
                    {
                        untagged.ShouldAllBe(d => left.Contains(d.Value));
                    }

                    junk.scenario.Images.ShouldNotContain("old-1", "what is tagged is no part of it by doubt alone");
                },
                iter: 300);

    [Theory]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    public async Task The_members_of_an_index_are_deleted_with_it_or_if_they_are_too_many_kept_with_it(int count, bool isRead)
    {
        scenario.Settings = OneNewest with { MaxDeletes = 5_000 };
        var members = Enumerable.Range(0, count).Select(n => scenario.HasImage($"m{n}", 90, i => i with { Tags = [] })).ToList();
        HasIndex($"{{\"manifests\":[{string.Join(',', members.Select(m => $"{{\"digest\":\"{m}\"}}"))}]}}", "1.0", 90);
        scenario.HasImages(1, daysOld: 40);

        var pushed = await PushAsync();

        pushed.ShouldSatisfyAllConditions(
            r => r.ExpiredCount.ShouldBe(isRead ? 2 : 1),
            r => r.DeletedCount.ShouldBe(isRead ? count + 2 : 1),
            r => r.FailedCount.ShouldBe(0));
        scenario.Images.Count.ShouldBe(isRead ? 1 : count + 2);
        scenario.Images.ShouldContain("new");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Four_megabytes_of_manifest_are_read_as_any_other(bool isBroken)
    {
        var member = scenario.HasImage("member", 90, i => i with { Tags = [] });
        HasIndex(
            $"{{\"manifests\":[{{\"digest\":\"{member}\"}}],"
                + $"\"annotations\":{{\"a\":\"{new string('x', 4 * Megabyte)}\"}}{(isBroken ? "" : "}")}",
            "1.0",
            90);
        scenario.HasImages(1, daysOld: 40);

        await PushAsync();

        scenario.Images.ShouldBe(isBroken ? ["1.0", "new", member.Value[..14]] : ["new"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_manifest_nested_a_thousand_deep_keeps_what_it_may_name()
    {
        var untagged = scenario.HasImage("part", 90, i => i with { Tags = [] });
        HasIndex($"{{\"manifests\":{new string('[', 1_000)}{new string(']', 1_000)}}}", "deep", 90);
        scenario.HasImages(1, daysOld: 40);

        (await PushAsync()).DoubtCount.ShouldBe(2);

        scenario.Images.ShouldBe(["deep", "new", untagged.Value[..14]], ignoreOrder: true);
    }

    [Theory]
    [InlineData(PairDelete.TagOnly)]
    [InlineData(PairDelete.WholeImage)]
    public async Task An_image_of_a_thousand_tags_is_pushed_expires_and_goes_whole(PairDelete pairDelete)
    {
        var of = new PushScenario(OneNewest, new LocalRegistryOptions { PairDelete = pairDelete });
        for (var n = 0; n < 1_000; n++)
            await of.PushAsync(n.ToString("d4", CultureInfo.InvariantCulture).PadRight(128, '_'), "the same");
        of.Images.ShouldHaveSingleItem();
        of.Clock.Advance(TimeSpan.FromDays(31));

        var result = await of.PushAsync("new");

        result.ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(Outcome.Pruned), r => r.DeletedCount.ShouldBe(1), r => r.FailedCount.ShouldBe(0));
        result.Expired.ShouldHaveSingleItem().Tags.Count.ShouldBe(1_000);
        of.Images.ShouldBe(["new"]);
        (await of.Index.ReadAllAsync(PushScenario.App, default)).Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_protected_tag_among_a_thousand_keeps_it()
    {
        scenario.Settings = OneNewest with { Policy = OneNewest.Policy with { ProtectTags = WildcardSet.Of("*777*") } };
        scenario.HasImage(
            "many",
            40,
            i => i with { Tags = [.. Enumerable.Range(0, 1_000).Select(n => n.ToString("d4", CultureInfo.InvariantCulture))] }
        );

        (await PushAsync()).Outcome.ShouldBe(Outcome.NothingExpired);

        scenario.Ecr.Images(PushScenario.App).Max(i => i.Tags.Count).ShouldBe(1_000);
    }

    /// <summary>
    /// A digest by another algorithm is a name like any other; what bears it without a tag can't be read, and so is never proven.
    /// </summary>
    [Theory]
    [InlineData("sha512", 128)]
    [InlineData("blake3", 64)]
    [InlineData("multihash+base16.x_y-z", 200)]
    public async Task A_tagged_image_whose_digest_is_of_another_algorithm_expires_and_an_untagged_one_is_kept(string algorithm, int length)
    {
        scenario.HasImage("x", 41, i => i with { Digest = $"{algorithm}:{new string('a', length)}" });
        scenario.HasImage("y", 40, i => i with { Digest = $"{algorithm}:{new string('b', length)}", Tags = [] });

        await PushAsync();
        await ReconcileAsync();

        scenario.Images.ShouldBe(["new", $"{algorithm}:{new string('b', length)}"[..14]], ignoreOrder: true);
    }

    [Fact]
    public async Task An_index_whose_digest_can_t_be_checked_keeps_what_it_may_name()
    {
        var member = scenario.HasImage("m", 41, i => i with { Tags = [] });
        var text = $"{{\"manifests\":[{{\"digest\":\"{member}\"}}]}}";
        HasIndex(text, "1.0", 40, $"blake3:{new string('a', 64)}");
        scenario.HasImages(1, daysOld: 39);

        await PushAsync();
        await ReconcileAsync();

        scenario.Images.ShouldBe(["1.0", "new", member.Value[..14]], ignoreOrder: true);
    }

    void HasIndex(string text, string tag, double daysOld, string? digest = null)
    {
        digest ??= DigestOf(text).Value;
        texts[Digest.Parse(digest)] = text;
        scenario.Ecr.Seed(
            PushScenario.App,
            new SeededImage
            {
                Digest = digest, Tags = [tag], PushedAt = PushScenario.Noon.AddDays(-daysOld), MediaType = MediaTypes.OciIndex,
            });
    }

    Task<PruneResult> PushAsync()
    {
        var evt = scenario.Pushed("new");
        return new PushJob(Registry, scenario.Index, scenario.Settings, scenario.Patience, NullLogger.Instance)
            .RunAsync(new ImagePush(PushScenario.App, Digest.Parse(evt.Digest), evt.Tag, evt.At), Invocation, default);
    }

    Task<ReconcileResult> ReconcileAsync() =>
        new ReconcileJob(Registry, scenario.Index, scenario.Settings, scenario.Patience, NullLogger.Instance).RunAsync(
            new ReconcileRequest(PushScenario.App), Invocation, default);

    RegistryWithManifests Registry => new(new InProcessRegistry(scenario.Ecr), texts);

    Invocation Invocation => new("request", scenario.Clock.GetUtcNow() + TimeSpan.FromMinutes(15));

    static Digest DigestOf(string text) =>
        Digest.Parse("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
}
