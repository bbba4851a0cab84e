using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>Build caches, charts and other artifacts share repositories with images, and push none of them out.</summary>
public class KindsOfArtifactsTests
{
    static Settings Newest(int n) => new() { Policy = new RetentionPolicy { KeepNewest = n, KeepFor = TimeSpan.FromDays(30) } };

    public static TheoryData<string> Artifacts => ["cache", "chart", "wasm", "oras"];

    static LocalManifest Artifact(string what, string seed) => what switch
    {
        "cache" => ManifestFactory.BuildCache(seed),
        "chart" => ManifestFactory.HelmChart(seed),
        "wasm" => ManifestFactory.Wasm(seed),
        _ => ManifestFactory.OrasArtifact(seed),
    };

    [Theory]
    [MemberData(nameof(Artifacts))]
    public async Task An_artifact_pushes_out_no_image(string what)
    {
        var scenario = new PushScenario(Newest(1));
        scenario.HasImage("latest", 31);
        await scenario.KnowsTheRepositoryAsync();

        var push = await scenario.HandleAsync(scenario.Ecr.PutImage(Artifact(what, "1").Put(PushScenario.App, what)).Event!);
        var reconcile = await scenario.ReconcileAsync();

        (push.DeletedCount, reconcile.DeletedCount).ShouldBe((0, 0));
        scenario.Images.ShouldContain("latest");
    }

    [Theory]
    [MemberData(nameof(Artifacts))]
    public async Task Images_push_out_no_artifact(string what)
    {
        var scenario = new PushScenario(Newest(1));
        scenario.Ecr.Seed(PushScenario.App, Artifact(what, "1").At(PushScenario.Noon.AddDays(-60), what));
        scenario.HasImages(10, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();

        await scenario.PushAsync("new");
        await scenario.ReconcileAsync();

        scenario.Images.ShouldBe(["new", what], ignoreOrder: true);
    }

    [Fact]
    public async Task Twenty_builds_with_twenty_caches_keep_ten_of_each()
    {
        var scenario = new PushScenario(Newest(10));
        for (var n = 1; n <= 20; n++)
        {
            scenario.HasImage($"build-{n:d2}", 60 - n);
            scenario.Ecr.Seed(
                PushScenario.App, ManifestFactory.BuildCache($"{n}").At(PushScenario.Noon.AddDays(n - 60).AddMinutes(1), $"cache-{n:d2}"));
        }

        await scenario.KnowsTheRepositoryAsync();
        await scenario.PushAsync("build-21");
        await scenario.ReconcileAsync();

        scenario.Images.Count(t => t.StartsWith("build-", StringComparison.Ordinal)).ShouldBe(10);
        scenario.Images.Count(t => t.StartsWith("cache-", StringComparison.Ordinal)).ShouldBe(10);
    }

    [Fact]
    public async Task A_push_of_a_cache_prunes_caches_and_its_reason_names_them()
    {
        var scenario = new PushScenario(Newest(1));
        scenario.HasImages(3, daysOld: 40);
        scenario.Ecr.Seed(PushScenario.App, ManifestFactory.BuildCache("1").At(PushScenario.Noon.AddDays(-40), "cache-1"));
        await scenario.KnowsTheRepositoryAsync();

        var result = await scenario.HandleAsync(
            scenario.Ecr.PutImage(ManifestFactory.BuildCache("2").Put(PushScenario.App, "cache-2")).Event!);

        var expired = result.Expired.ShouldHaveSingleItem();
        expired.Tags.ShouldBe(["cache-1"]);
        expired.Reason.ShouldBe("rank 1 or more in application/vnd.buildkit.cacheconfig.v0, 40.0 days old");
        scenario.Images.Count(t => t.StartsWith("old-", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task A_list_whose_entries_are_artifacts_is_of_their_kind()
    {
        var scenario = new PushScenario(Newest(1));
        var list = ManifestFactory.ReferrersList(ManifestFactory.Referrer(ManifestFactory.Image("x", 1_000), "sbom"));
        foreach (var member in new[] { ManifestFactory.Referrer(ManifestFactory.Image("x", 1_000), "sbom") })
            scenario.Ecr.Seed(PushScenario.App, member.At(PushScenario.Noon.AddDays(-60)));
        scenario.Ecr.Seed(PushScenario.App, list.At(PushScenario.Noon.AddDays(-1), "artifacts"));
        scenario.HasImage("latest", 40);

        await scenario.KnowsTheRepositoryAsync();

        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows;
        rows[Digest.Parse(list.Digest)].Stream.ShouldNotBe(Kind.Image);
        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(0);
    }
}
