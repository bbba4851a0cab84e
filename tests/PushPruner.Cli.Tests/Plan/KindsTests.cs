using System.Text.Json.Nodes;
using PushPruner.Cli.Tests.Reconcile;
using PushPruner.Cli.Tests.Saved;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Plan;

/// <summary>Build caches and charts among images: each kind has its own newest N.</summary>
public sealed class KindsTests : IAsyncLifetime
{
    const string Cache = "application/vnd.buildkit.cacheconfig.v0";

    readonly CliScenario cli = new();
    readonly Listings listings = new();

    public ValueTask InitializeAsync() => cli.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        listings.Dispose();
        return cli.DisposeAsync();
    }

    [Fact]
    public async Task Of_a_saved_listing_a_build_cache_does_not_push_the_only_image_out()
    {
        var result = await PlanAsync(Listings.Image(1, 31, tags: "latest"), CacheOf(2, 32), CacheOf(3, 33));

        result.ShouldBe(["kept image 0 latest", $"kept {Cache} 0 cache-2", $"expired {Cache} 1 cache-3"]);
    }

    [Fact]
    public async Task At_AWS_a_build_cache_does_not_push_the_only_image_out()
    {
        cli.Ecr.Seed("team/app", ManifestFactory.Image("app").At(CliScenario.Noon.AddDays(-31), "latest"));
        cli.Ecr.Seed("team/app", ManifestFactory.BuildCache("1").At(CliScenario.Noon.AddDays(-32), "cache-2"));
        cli.Ecr.Seed("team/app", ManifestFactory.BuildCache("2").At(CliScenario.Noon.AddDays(-33), "cache-3"));

        var result = await cli.PlanAsync("--keep-newest", "1", "--json");

        Shown(result).ShouldBe(["kept image 0 latest", $"kept {Cache} 0 cache-2", $"expired {Cache} 1 cache-3"]);
    }

    [Fact]
    public async Task A_manifest_list_has_the_kind_that_its_saved_text_says()
    {
        var list = ManifestFactory.ReferrersList(ManifestFactory.OrasArtifact("report"));
        var saved = Listings.Image(1, 40, tags: "reports");
        saved["imageDigest"] = list.Digest;
        saved["imageManifestMediaType"] = list.MediaType;
        listings.Has("texts.json", new JsonObject
        {
            ["images"] = new JsonArray(new JsonObject
            {
                ["repositoryName"] = "team/app",
                ["imageId"] = new JsonObject { ["imageDigest"] = list.Digest },
                ["imageManifest"] = list.Text,
            }),
        }.ToJsonString());

        (await PlanAsync(saved, Listings.Image(2, 41, tags: "1.0"))).ShouldBe([
            "kept application/vnd.example.report.v1+json 0 reports",
            "kept image 0 1.0",
        ]);
    }

    [Fact]
    public async Task An_untagged_manifest_whose_text_is_not_saved_counts_as_an_image_and_a_note_says_so()
    {
        listings.Has("images.json", Listings.Of(Listings.Image(1, 40, tags: "1.0"), Listings.Image(2, 41)));

        var result = await Listings.PlanAsync(listings.In(""), "--keep-newest", "1", "--json");

        Shown(result).ShouldBe(["kept image 0 1.0", "expired image 1 "]);
        result.Json["notes"]!
            .AsArray()
            .Select(n => n!.GetValue<string>())
            .ShouldContain(
                "A listing doesn't say what an untagged manifest is: 1 untagged manifest counts as an image. The function reads each; "
                    + "save what batch-get-image prints of them as well, and nothing is assumed.");
    }

    [Theory]
    [InlineData(
        2,
        "2 images of team/app look like layer caches (tag of 64 hex digits, as kaniko writes them); give them a repository of their own.")]
    [InlineData(
        1,
        "1 image of team/app looks like a layer cache (tag of 64 hex digits, as kaniko writes them); give layer caches a repository of "
            + "their own."
    )]
    public async Task Tags_of_64_hex_digits_look_like_layer_caches(int count, string note)
    {
        listings.Has(
            "images.json",
            Listings.Of([
                Listings.Image(9, 1, tags: "1.0"),
                .. Enumerable.Range(1, count).Select(n => Listings.Image(n, 2 + n, tags: $"{n:x64}")),
            ]));

        var text = await Listings.PlanAsync(listings.In(""));
        var json = await Listings.PlanAsync(listings.In(""), "--json");

        text.Lines.ShouldContain($"* {note}");
        json.Json["notes"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldContain(note);
    }

    [Theory]
    [InlineData("63 digits", 63, null)]
    [InlineData("a chart says itself what it is", 64, "application/vnd.cncf.helm.config.v1+json")]
    public async Task Other_tags_and_kinds_are_no_layer_cache(string why, int digits, string? artifact)
    {
        var image = Listings.Image(1, 1, tags: new string('a', digits));
        image["artifactMediaType"] = artifact;
        listings.Has("images.json", Listings.Of(image));

        (await Listings.PlanAsync(listings.In(""))).Output.ShouldNotContain("layer cache", customMessage: why);
    }

    [Theory]
    [InlineData("report")]
    [InlineData("simulate")]
    public async Task A_repository_of_several_kinds_is_reported_and_simulated(string command)
    {
        var file = listings.Has("images.json", Listings.Of(Listings.Image(1, 31, tags: "latest"), CacheOf(2, 32), CacheOf(3, 33)));

        var result = await cli.RunAsync(command, "--from", file, "--keep-newest", "1", "--html", listings.In("page.html"));

        result.ExitCode.ShouldBe(0, result.Error);
        File.Exists(listings.In("page.html")).ShouldBeTrue();
    }

    [Fact]
    public async Task Explained_it_has_its_kind_and_an_image_needs_none()
    {
        var file = listings.Has("images.json", Listings.Of(Listings.Image(1, 31, tags: "latest"), CacheOf(2, 32)));

        var cache = await cli.RunAsync("explain", "team/app:cache-2", "--from", file);
        var image = await cli.RunAsync("explain", "team/app:latest", "--from", file);

        cache.Lines.ShouldContain($"  Kind         {Cache}, ranked among its own");
        image.Output.ShouldNotContain("Kind");
    }

    async Task<IReadOnlyList<string>> PlanAsync(params JsonObject[] images)
    {
        listings.Has("images.json", Listings.Of(images));
        return Shown(await Listings.PlanAsync(listings.In(""), "--keep-newest", "1", "--json"));
    }

    static IReadOnlyList<string> Shown(CliResult result) =>
        [.. Listings.AllImages(result).Select(i => $"{i["verdict"]} {i["kind"]} {i["rank"]} {string.Join(' ', i["tags"]!.AsArray())}")];

    static JsonObject CacheOf(int n, double daysOld)
    {
        var cache = Listings.Image(n, daysOld, tags: $"cache-{n}");
        cache["artifactMediaType"] = Cache;
        return cache;
    }
}
