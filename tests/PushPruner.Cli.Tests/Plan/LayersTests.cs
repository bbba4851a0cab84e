using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PushPruner.Cli.Tests.Reconcile;
using PushPruner.Cli.Tests.Saved;

namespace PushPruner.Cli.Tests.Plan;

public sealed class LayersTests : IDisposable
{
    const string Docker = "application/vnd.docker.distribution.manifest.v2+json";

    readonly Listings listings = new();
    readonly List<JsonObject> details = [];
    readonly JsonArray texts = [];

    public void Dispose() => listings.Dispose();

    [Fact]
    public async Task A_layer_counts_once_and_goes_only_when_nothing_that_is_kept_needs_it()
    {
        Has("old", 90, Blob("config-1", 10), Blob("base", 1_000), Blob("old", 300));
        HasKept(10, n => [Blob($"kept-config-{n}", 1), Blob("base", 1_000), Blob($"own-{n}", 20)]);
        Has("older", 91, Blob("config-2", 10), Blob("base", 1_000), Blob("between", 50), Blob("between", 50));

        var layers = (await PlanAsync("--json")).Json["totals"]!["layers"]!;

        layers["bytes"]!.GetValue<long>().ShouldBe(10 + 10 + 1_000 + 300 + 50 + (10 * 21));
        layers["bytesToFree"]!.GetValue<long>().ShouldBe(10 + 10 + 300 + 50, "the kept ones need the base");
    }

    [Fact]
    public async Task Text_has_the_sums_by_layer_alone()
    {
        Has("old", 90, Blob("base", 5_000_000), Blob("old", 3_000_000));
        HasKept(10, n => [Blob("base", 5_000_000)]);

        var result = await PlanAsync();

        result.Output.ShouldContain("│ team/app     │     11 │   10 │       1 │ 8 MB │  3 MB │   $0.00 │         $0.00 │");
        result.Output.ShouldContain("That frees 3 MB of 8 MB, and saves $0.00 a month, $0.00 a year.\n");
        result.Output.Split("a month, ").Length.ShouldBe(2, "one number for the money, not two");
    }

    [Fact]
    public async Task Two_repositories_share_nothing()
    {
        Has("old", 90, Blob("base", 1_000));
        HasKept(10, n => [Blob($"own-{n}", 1)]);
        Has("kept", 90, "team/web", Blob("base", 1_000));

        var layers = (await PlanAsync("--json")).Json["totals"]!["layers"]!;

        layers["bytes"]!.GetValue<long>().ShouldBe(2_010);
        layers["bytesToFree"]!.GetValue<long>().ShouldBe(1_000);
    }

    [Theory]
    [InlineData("""{"mediaType":"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip","size":500,"digest":"D"}""")]
    [InlineData("""{"mediaType":"application/vnd.oci.image.layer.nondistributable.v1.tar+gzip","size":500,"digest":"D"}""")]
    [InlineData("""{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","size":500,"digest":"D","urls":["https://example.com/x"]}""")]
    public async Task Layers_that_are_kept_elsewhere_do_not_count(string foreign)
    {
        var layer = JsonNode.Parse(foreign.Replace("\"D\"", $"\"{DigestOf("foreign")}\"", StringComparison.Ordinal))!.AsObject();
        Has("one", 1, Blob("own", 10), layer);

        (await PlanAsync("--json")).Json["totals"]!["layers"]!["bytes"]!.GetValue<long>().ShouldBe(10);
    }

    [Fact]
    public async Task What_can_not_be_read_makes_it_at_least_or_at_most()
    {
        Has("old", 90, Blob("old", 3_000_000));
        HasKept(10, n => [Blob($"own-{n}", 1_000_000)]);
        var all = await PlanAsync();
        details.Add(Listings.Image(1, 99, tags: "unread-expired"));
        var withExpired = await PlanAsync();
        details[^1] = Listings.Image(1, 0.5, tags: "unread-kept");
        var withKept = await PlanAsync("--keep-newest", "11");
        details.Add(Listings.Image(2, 99, tags: "unread-expired"));
        var withBoth = await PlanAsync("--keep-newest", "11");

        all.Output.ShouldContain("That frees 3 MB of 13 MB, ");
        withExpired.Output.ShouldContain("That frees at least 3 MB of 13 MB, and saves at least $0.00 a month");
        withExpired.Output.ShouldContain("1 manifest could not be read (0 kept, 1 expired).\n");
        withKept.Output.ShouldContain("That frees up to 3 MB of 13 MB, ");
        withBoth.Output.ShouldContain("That frees about 3 MB of 13 MB, ");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"config":{},"layers":[]}""")]
    [InlineData("""{"layers":[{"digest":"sha256:x","size":1}]}""")]
    [InlineData("""{"layers":[7]}""")]
    [InlineData("""{"schemaVersion":1,"fsLayers":[{"blobSum":"sha256:x"}]}""")]
    [InlineData("""{"layers":[{"mediaType":"\ud800","digest":"D","size":1}]}""")]
    public async Task A_manifest_that_says_no_sizes_counts_as_unread(string text)
    {
        Has("one", 1, Blob("own", 10));
        HasText("odd", 2, "team/app", text.Replace("\"D\"", $"\"{DigestOf("x")}\"", StringComparison.Ordinal), 1_000);

        var layers = (await PlanAsync("--json")).Json["totals"]!["layers"]!;

        layers["manifestsRead"]!.GetValue<int>().ShouldBe(1);
        layers["keptNotRead"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task A_text_that_its_digest_does_not_name_is_not_believed()
    {
        Has("one", 1, Blob("own", 10));
        Has("two", 2, Blob("other", 10));
        texts[0]!["imageManifest"] = texts[1]!["imageManifest"]!.GetValue<string>();

        (await PlanAsync("--json")).Json["totals"]!["layers"]!["keptNotRead"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Without_any_manifest_nobody_knows()
    {
        Has("one", 90, Blob("own", 10));
        texts.Clear();

        var text = await PlanAsync("--keep-newest", "1");
        var json = await PlanAsync("--json");

        text.ExitCode.ShouldBe(0);
        text.Output.ShouldContain("│    ? │     ? │       ? │             ? │");
        text.Output.ShouldContain("No manifest could be read, so nobody knows the layers");
        json.Json["totals"]!["layers"].ShouldBeNull();
    }

    [Fact]
    public async Task The_sample_shares_its_base()
    {
        var result = await Listings.PlanOfAsync(
            "",
            "shop/orders",
            "--at",
            "2026-06-01T12:00Z",
            "--layers",
            "--json",
            "--from",
            Path.Combine("events", "listings"));

        var totals = result.Json["totals"]!;
        totals["layers"]!["bytes"]!.GetValue<long>().ShouldBeLessThan(totals["bytes"]!.GetValue<long>());
        totals["layers"]!["bytesToFree"]!.GetValue<long>().ShouldBeLessThan(totals["bytesToFree"]!.GetValue<long>());
        totals["layers"]!["manifestsRead"]!.GetValue<int>().ShouldBe(75);
    }

    void HasKept(int count, Func<int, JsonObject[]> blobs)
    {
        for (var n = 1; n <= count; n++)
            Has($"kept-{n}", n, blobs(n));
    }

    void Has(string tag, double daysOld, params JsonObject[] blobs) => Has(tag, daysOld, "team/app", blobs);

    // The first is the config.
    void Has(string tag, double daysOld, string repository, params JsonObject[] blobs)
    {
        var bytes = blobs.Sum(b => b["size"]!.GetValue<long>());
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["annotations"] = new JsonObject { ["tag"] = tag },
            ["config"] = blobs[0],
            ["layers"] = new JsonArray([.. blobs.Skip(1)]),
        };
        HasText(tag, daysOld, repository, manifest.ToJsonString(), bytes);
    }

    void HasText(string tag, double daysOld, string repository, string text, long bytes)
    {
        var digest = DigestOf(text);
        var detail = Listings.Image(0, daysOld, repository, tag);
        (detail["imageDigest"], detail["imageSizeInBytes"], detail["imageManifestMediaType"]) = (digest, bytes, Docker);
        details.Add(detail);
        texts.Add(new JsonObject { ["imageId"] = new JsonObject { ["imageDigest"] = digest }, ["imageManifest"] = text });
    }

    static JsonObject Blob(string content, long bytes) =>
        new()
        {
            ["mediaType"] = "application/octet-stream",
            ["size"] = bytes,
            ["digest"] = DigestOf(content),
        };

    static string DigestOf(string text) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    Task<CliResult> PlanAsync(params string[] args) => Listings.PlanAsync(
    [
        listings.Has("images.json", Listings.Of(details.Select(d => d.DeepClone().AsObject()))),
        listings.Has("manifests.json", new JsonObject { ["images"] = texts.DeepClone() }.ToJsonString()),
        listings.Has("setting.json", """{"name":"BLOB_MOUNTING","value":"DISABLED"}"""),
        "--layers", .. args,
    ]);
}
