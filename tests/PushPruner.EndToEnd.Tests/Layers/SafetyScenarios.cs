using System.Text.Json.Nodes;
using PushPruner.Aws.Dynamo;
using PushPruner.LocalAws;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Layers;

/// <summary>What once lost images, or got around what keeps them, through every layer there is.</summary>
public abstract class SafetyScenarios(Servers servers)
{
    const string App = LiveDeployment.App;

    protected abstract FunctionProgram Program { get; }

    [Fact]
    public async Task A_halt_is_not_got_around_by_signing_expired_images()
    {
        await using var live = await StartAsync("halt", ("KEEP_NEWEST", "1"), ("MAX_DELETES", "5"));
        live.HasOldImages(21);
        (await live.PushAndHandleAsync("new"))["outcome"]!.GetValue<string>().ShouldBe("halted");

        for (var n = 1; n <= 4; n++)
        {
            var expired = ManifestFactory.Image($"old-{n}", 1_000);
            var signed = await PutAndHandleAsync(live, ManifestFactory.CosignSignature(expired), expired.CosignTag("sig"));
            signed["outcome"]!.GetValue<string>().ShouldBe("halted", signed.ToJsonString());
        }

        live.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
        live.Tags.Count(t => t.StartsWith("old-", StringComparison.Ordinal)).ShouldBe(21);
    }

    [Fact]
    public async Task Former_attestations_take_no_place_of_an_image_at_the_first_push_and_after_a_wiped_table()
    {
        await using var live = await StartAsync("attested");
        var images = Enumerable.Range(0, 5).Select(n => ManifestFactory.Image($"v{n}", 1_000)).ToList();
        foreach (var (n, image) in images.Index())
            live.Ecr.Seed(App, image.At(live.Now.AddDays(n - 60), $"v{n}"));
        for (var night = 1; night <= 5; night++)
        {
            var attestation = ManifestFactory.CosignAttestation(images[4], $"night {night}");
            live.Ecr.Seed(App, attestation.At(live.Now.AddDays(night - 56), images[4].CosignTag("att")));
        }

        await live.PushAndHandleAsync("new");
        live.Tags.Where(IsOfAnImage).ShouldBe(["new", "v3", "v4"]);

        await live.WipeTableAsync();
        await live.PushAndHandleAsync("newer");
        live.Tags.ShouldBe(["new", "newer", images[4].CosignTag("att"), "v4"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_build_cache_does_not_push_the_only_image_out()
    {
        await using var live = await StartAsync("cache", ("KEEP_NEWEST", "1"));
        live.Ecr.Seed(App, ManifestFactory.Image("app", 1_000).At(live.Now.AddDays(-31), "latest"));

        var answer = await PutAndHandleAsync(live, ManifestFactory.BuildCache("new"), "cache");

        answer["outcome"]!.GetValue<string>().ShouldBe("nothing-expired", answer.ToJsonString());
        live.Tags.ShouldBe(["cache", "latest"]);
    }

    [Fact]
    public async Task Of_twenty_builds_with_twenty_caches_ten_builds_and_ten_caches_are_kept()
    {
        await using var live = await StartAsync("caches", ("KEEP_NEWEST", "10"));
        for (var n = 1; n <= 20; n++)
        {
            live.Ecr.Seed(App, ManifestFactory.Image($"build-{n}", 1_000).At(live.Now.AddDays(-60 + n), $"build-{n:d2}"));
            live.Ecr.Seed(App, ManifestFactory.BuildCache($"{n}").At(live.Now.AddDays(-60 + n).AddMinutes(1), $"cache-{n:d2}"));
        }

        await live.PushAndHandleAsync("build-21");
        await PutAndHandleAsync(live, ManifestFactory.BuildCache("21"), "cache-21");

        live.Tags.ShouldBe([.. Names("build-"), .. Names("cache-")], "the new one, and the nine before it");

        static IEnumerable<string> Names(string prefix) => Enumerable.Range(12, 10).Select(n => $"{prefix}{n:d2}");
    }

    [Fact]
    public async Task A_staged_platform_tag_does_not_push_a_complete_release_out()
    {
        await using var live = await StartAsync("staged", ("KEEP_NEWEST", "1"));
        LocalManifest[] platforms = [ManifestFactory.Image("1.0", 1_000), ManifestFactory.Image("1.0", 1_000, "linux/arm64")];
        live.Ecr.Seed(App, platforms[0].At(live.Now.AddDays(-40), "amd64-1.0"));
        live.Ecr.Seed(App, platforms[1].At(live.Now.AddDays(-40), "arm64-1.0"));
        live.Ecr.Seed(App, ManifestFactory.ManifestList(platforms).At(live.Now.AddDays(-40), "1.0"));

        await live.PushAndHandleAsync("amd64-2.0");

        live.Tags.ShouldBe(["1.0", "amd64-1.0", "amd64-2.0", "arm64-1.0"]);
    }

    [Fact]
    public async Task A_delete_whose_answer_is_lost_does_not_delete_what_was_pushed_again()
    {
        await using var live = await StartAsync("repushed");
        live.HasOldImages(3);
        var isLost = false;
        var isPushedAgain = false;
        live.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "BatchDeleteImage" && !isLost)
            {
                isLost = true;
                return Fault.LostConnection.AfterEffect();
            }

            // CI builds the same bytes again, before anything else reaches ECR.
            if (isLost && !isPushedAgain && call.Operation != "PutImage")
            {
                isPushedAgain = true;
                live.Ecr.PutImage(ManifestFactory.Image("old-1", 1_000).Put(App, "old-1"));
            }

            return null;
        });

        await live.InvokeAsync(live.Push("new").Json);
        live.Ecr.Faults.Clear();

        isPushedAgain.ShouldBeTrue();
        live.Tags.ShouldContain("old-1");
    }

    [Fact]
    public async Task A_push_that_ECR_does_not_show_at_once_is_recorded_all_the_same()
    {
        await using var live = await StartAsync("lagging", ("KEEP_NEWEST", "1"), ("KEEP_DAYS", "0"));
        await live.PushAndHandleAsync("first");
        live.Ecr.Faults.LagNext("DescribeImages", TimeSpan.FromMinutes(1));
        var pushed = live.Push("second");

        var answer = await live.HandleAsync(pushed);

        answer["outcome"]!.GetValue<string>().ShouldBe("pruned", answer.ToJsonString());
        var digest = Digest.Parse(pushed.Digest);
        using var client = servers.Dynamo.Client();
        var rows = await new DynamoIndex(client, live.Table, TimeProvider.System).ReadRowsAsync(
            App, [digest], TestContext.Current.CancellationToken);
        rows[digest].Tags.ShouldBe(["second"]);
    }

    [Fact]
    public async Task Tags_that_a_refused_image_lost_are_failures()
    {
        await using var live = await StartAsync("lost-tags", ("KEEP_NEWEST", "1"), ("PROTECT_TAGS", "prod"));
        var old = ManifestFactory.Image("old", 1_000);
        live.Ecr.Seed(App, old.At(live.Now.AddDays(-40), "a", "b", "c"));
        await live.InvokeAsync(live.Ecr.PutImage(ManifestFactory.Image("kept", 1_000).Put(App)).Event!.Json);
        live.Ecr.PutImage(ManifestFactory.ManifestList(old).Put(App, "prod"));

        var answer = await live.PushAndHandleAsync("new");

        var codes = answer["failed"]!.AsArray().Select(f => f!["code"]!.GetValue<string>()).ToList();
        codes.Count(c => c == "TagLost").ShouldBe(2, answer.ToJsonString());
        answer["failedCount"]!.GetValue<int>().ShouldBe(codes.Count);
        live.Ecr.Images(App).ShouldContain(i => i.Digest == old.Digest);
    }

    static bool IsOfAnImage(string tag) => !tag.StartsWith("sha256-", StringComparison.Ordinal);

    static Task<JsonNode> PutAndHandleAsync(LiveDeployment live, LocalManifest manifest, string tag) =>
        live.HandleAsync(live.Ecr.PutImage(manifest.Put(App, tag)).Event!);

    Task<LiveDeployment> StartAsync(string table, params (string Name, string Value)[] environment) =>
        LiveDeployment.StartAsync(Program, servers.Dynamo, $"safety-{table}", environment);
}
