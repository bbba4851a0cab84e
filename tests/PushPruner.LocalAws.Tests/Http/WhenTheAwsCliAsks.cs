using System.Globalization;
using System.Text.Json;
using PushPruner.LocalAws.Tests.Lambda;
using PushPruner.Testing.Programs;

namespace PushPruner.LocalAws.Tests.Http;

public sealed class WhenTheAwsCliAsks : FunctionTest
{
    LocalAwsServer server = null!;
    AwsCli cli = null!;

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(AwsCli.IsInstalled, AwsCli.Missing);
        await base.InitializeAsync();
        server = await LocalAwsServer.StartAsync(Registry);
        server.Add(Function);
        cli = new(server.Url);
    }

    public override async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        if (Function is not null)
            await base.DisposeAsync();
    }

    [Fact]
    public async Task It_puts_lists_and_deletes_images()
    {
        foreach (var manifest in new[] { One, Two })
            await SucceedAsync("ecr", "put-image", "--repository-name", App, "--image-manifest", manifest.Text);
        var put = await SucceedAsync(
            "ecr", "put-image", "--repository-name", App, "--image-manifest", IndexOfBoth.Text, "--image-tag", "1.0");
        put.GetProperty("image").GetProperty("imageId").GetProperty("imageDigest").GetString().ShouldBe(IndexOfBoth.Digest);
        put.GetProperty("image").GetProperty("imageManifest").GetString().ShouldBe(IndexOfBoth.Text);
        Events.Count.ShouldBe(3);

        var untagged = await SucceedAsync("ecr", "list-images", "--repository-name", App, "--filter", "tagStatus=UNTAGGED");
        untagged.GetProperty("imageIds").EnumerateArray().Select(id => id.GetProperty("imageDigest").GetString())
            .ShouldBe([One.Digest, Two.Digest], ignoreOrder: true);

        var deleted = await SucceedAsync(
            "ecr", "batch-delete-image", "--repository-name", App, "--image-ids", "imageTag=1.0", $"imageDigest={One.Digest}");
        deleted.GetProperty("imageIds").GetArrayLength().ShouldBe(1);
        deleted.GetProperty("failures")[0].GetProperty("failureCode").GetString().ShouldBe("ImageReferencedByManifestList");
    }

    [Fact]
    public async Task It_follows_pages_and_resumes_in_the_middle_of_one()
    {
        Registry.Seed(App, Enumerable.Range(0, 25).Select(i => new SeededImage
        {
            Digest = "sha256:" + i.ToString("x", CultureInfo.InvariantCulture).PadLeft(64, '0'),
            PushedAt = Start,
        }));
        var first = await SucceedAsync(
            "ecr", "describe-images", "--repository-name", App, "--page-size", "10", "--max-items", "15");
        var rest = await SucceedAsync(
            "ecr",
            "describe-images",
            "--repository-name",
            App,
            "--page-size",
            "10",
            "--starting-token",
            first.GetProperty("NextToken").GetString()!);

        first.GetProperty("imageDetails").GetArrayLength().ShouldBe(15);
        first.GetProperty("imageDetails").EnumerateArray().Concat(rest.GetProperty("imageDetails").EnumerateArray())
            .Select(row => row.GetProperty("imageDigest").GetString()).Distinct(StringComparer.Ordinal).Count().ShouldBe(25);
        rest.TryGetProperty("NextToken", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task It_shows_the_tags_of_a_repository()
    {
        Registry.TagResource(new()
        {
            ResourceArn = "arn:aws:ecr:us-east-1:123456789012:repository/app",
            Tags = [new() { Key = "pushpruner:keep-newest", Value = "5" }],
        });

        var tags = await SucceedAsync(
            "ecr", "list-tags-for-resource", "--resource-arn", "arn:aws:ecr:us-east-1:123456789012:repository/app");
        tags.GetProperty("tags")[0].GetProperty("Key").GetString().ShouldBe("pushpruner:keep-newest");
    }

    [Fact]
    public async Task It_reports_an_error_by_its_code()
    {
        Registry.Faults.OnCall(_ => Fault.Throttling);

        var answer = await cli.RunAsync("ecr", "describe-repositories");
        answer.ExitCode.ShouldNotBe(0);
        answer.Error.ShouldContain("(ThrottlingException)");
        answer.Error.ShouldContain("Rate exceeded");
    }

    [Fact]
    public async Task It_invokes_a_function()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (payload, result) = (Path.Combine(folder.FullName, "payload.json"), Path.Combine(folder.FullName, "result.json"));
            await File.WriteAllTextAsync(payload, """{"repository":"app"}""");
            var invoked = SucceedAsync("lambda", "invoke", "--function-name", Function.Name, "--payload", $"fileb://{payload}", result);

            (await ServeAsync("""{"done":true}""")).ShouldBe("""{"repository":"app"}""");
            (await invoked).GetProperty("StatusCode").GetInt32().ShouldBe(200);
            (await File.ReadAllTextAsync(result)).ShouldBe("""{"done":true}""");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    async Task<JsonElement> SucceedAsync(params string[] arguments)
    {
        var answer = await cli.RunAsync(arguments);
        answer.ExitCode.ShouldBe(0, answer.Error);
        return JsonElement.Parse(answer.Output);
    }
}
