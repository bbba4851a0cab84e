using System.Text.Json;
using System.Text.Json.Nodes;
using PushPruner.Testing;
using PushPruner.Testing.Programs;

namespace PushPruner.Cli.Tests.Local;

public sealed class WithRealClientsTests : IDisposable
{
    static readonly string[] Policy = ["--keep-newest", "2", "--keep-days", "0"];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Skopeo_s_multi_arch_pushes_are_told_and_pruned_as_those_by_ECR_s_own_API()
    {
        Assert.SkipUnless(AwsCli.IsOnPath("skopeo"), "skopeo is not on the PATH");
        await using var bySkopeo = await LocalSession.StartAsync(Policy);
        await using var byApi = await LocalSession.StartAsync(Policy);
        await byApi.CallEcrAsync("CreateRepository", """{"repositoryName":"app"}""");

        for (var i = 1; i <= 4; i++)
        {
            var image = OciImage.MultiArch($"v{i}");
            await image.WriteToAsync(folder.In($"v{i}"));
            await SkopeoAsync(
                "copy",
                "--all",
                "--dest-tls-verify=false",
                $"oci:{folder.In($"v{i}")}",
                $"docker://localhost:{bySkopeo.Port}/app:v{i}"
            );
            foreach (var (text, type) in image.Manifests)
            {
                var request = new JsonObject { ["repositoryName"] = "app", ["imageManifest"] = text, ["imageManifestMediaType"] = type };
                if (text == image.Manifests[^1].Text)
                    request["imageTag"] = $"v{i}";
                await byApi.CallEcrAsync("PutImage", request.ToJsonString());
            }

            await bySkopeo.ToldOfAsync("app", $"v{i}");
            await byApi.ToldOfAsync("app", $"v{i}");
            bySkopeo.Clock.Advance(TimeSpan.FromDays(1));
            byApi.Clock.Advance(TimeSpan.FromDays(1));
        }

        // It pulls what is left, as well.
        await SkopeoAsync(
            "copy",
            "--all",
            "--src-tls-verify=false",
            $"docker://localhost:{bySkopeo.Port}/app:v3",
            $"oci:{folder.In("back")}");

        var told = Pushes((await bySkopeo.EndAsync()).Output);
        told.ShouldBe(Pushes((await byApi.EndAsync()).Output));
        told.Count(l => l.Contains("app:sha256:", StringComparison.Ordinal)).ShouldBe(4 * 3, "its members come one by one, without a tag");
        told.ShouldContain(l => l.Contains("app:v3 ", StringComparison.Ordinal) && l.EndsWith("pruned 4", StringComparison.Ordinal));
        told.ShouldContain(l => l.Contains("- v2 (", StringComparison.Ordinal));
        told[^3..].ShouldContain(l => l.StartsWith("│ app        │     16 │    8 │       8 │", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_AWS_CLI_lists_logs_in_and_invokes_the_functions()
    {
        Assert.SkipUnless(AwsCli.IsInstalled, AwsCli.Missing);
        await using var local = await LocalSession.StartAsync(Policy);
        var aws = new AwsCli(local.Url);
        foreach (var tag in (string[])["1.0", "1.1"])
            await local.PushAsync(OciImage.Of(tag), "app", tag);
        (await aws.RunAsync("ecr", "get-login-password")).ExitCode.ShouldBe(0);

        local.Clock.Advance(TimeSpan.FromDays(1));
        await local.PushAsync(OciImage.MultiArch("1.2"), "app", "1.2");
        var listed = await aws.RunAsync("ecr", "describe-images", "--repository-name", "app", "--filter", "tagStatus=TAGGED");
        JsonElement.Parse(listed.Output).GetProperty("imageDetails").GetArrayLength().ShouldBe(2);

        (await InvokeAsync(aws, "ListRepositories", "{}")).ShouldBe("""{"repositories":["app"]}""");
        var reconciled = JsonNode.Parse(await InvokeAsync(aws, "ReconcileRepository", """{"repository":"app","keepNewest":2}"""))!;
        reconciled["done"]!.GetValue<bool>().ShouldBeTrue();
        reconciled["images"]!.GetValue<int>().ShouldBe(2);
        await local.HearAsync("2026-11-26 10:00  app                       nothing expired");

        var replayed = await InvokeAsync(
            aws,
            "OnImagePushed",
            """{"detail-type":"ECR Image Action","source":"aws.ecr","account":"210987654321","region":"us-east-1","time":"2026-11-25T10:00:00Z","detail":{}}""");
        JsonNode.Parse(replayed)!["outcome"]!.GetValue<string>().ShouldBe("ignored");
        (await local.EndAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_request_that_the_function_refuses_is_its_error_and_is_told()
    {
        Assert.SkipUnless(AwsCli.IsInstalled, AwsCli.Missing);
        await using var local = await LocalSession.StartAsync();

        (await InvokeAsync(new AwsCli(local.Url), "ReconcileRepository", """{"repository":"app","dryRun":1}""")).ShouldContain(
            "errorMessage");
        await local.HearAsync("app                       failed: ");
    }

    async Task<string> InvokeAsync(AwsCli aws, string function, string request)
    {
        var (payload, result) = (folder.In("request.json"), folder.In("result.json"));
        await File.WriteAllTextAsync(payload, request, TestContext.Current.CancellationToken);
        var answer = await aws.RunAsync("lambda", "invoke", "--function-name", function, "--payload", $"fileb://{payload}", result);
        answer.ExitCode.ShouldBe(0, answer.Error);
        return await File.ReadAllTextAsync(result, TestContext.Current.CancellationToken);
    }

    static async Task SkopeoAsync(params string[] arguments)
    {
        var ended = await Command.RunAsync("skopeo", ["--insecure-policy", .. arguments]);
        ended!.ExitCode.ShouldBe(0, ended.Error);
    }

    // From the first push on; what is above names the port. How many calls it took is the same as well.
    static List<string> Pushes(string output) =>
        [.. output.Split('\n').SkipWhile(l => !l.StartsWith("2026-", StringComparison.Ordinal)).Where(l => l.Length > 0)];
}
