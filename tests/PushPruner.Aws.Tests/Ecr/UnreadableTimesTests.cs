using System.Text.Json.Nodes;
using Amazon.ECR;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PushPruner.Aws.Ecr;

namespace PushPruner.Aws.Tests.Ecr;

/// <summary>An ECR that gives the push time of one image in milliseconds, which its client can't read.</summary>
public sealed class UnreadableTimesTests : IAsyncLifetime
{
    static readonly IReadOnlyList<Digest> Digests = [.. Enumerable.Range(1, 100).Select(n => Digest.Parse($"sha256:{n:x64}"))];

    readonly HashSet<string> unreadable = [];
    readonly HashSet<string> missing = [];
    WebApplication app = null!;
    AmazonECRClient client = null!;
    int calls;

    EcrRegistry Registry => new(client, new RegistryHome("aws", "us-east-1", "123456789012"));

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        client = EcrClient.Create(
            new AmazonECRConfig { ServiceURL = app.Urls.Single(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 },
            new BasicAWSCredentials("test", "test"));
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return app.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(57)]
    [InlineData(99)]
    public async Task Only_that_image_is_not_learned(int at)
    {
        unreadable.Add(Digests[at].Value);

        var description = await Registry.DescribeAsync("app", Digests, default);

        description.Found.Select(m => m.Digest).ShouldBe(Digests.Where(d => d != Digests[at]), ignoreOrder: true);
        description.Gone.ShouldBeEmpty();
        description.IsComplete.ShouldBeFalse();
        calls.ShouldBeLessThanOrEqualTo(2 * 8);
    }

    [Fact]
    public async Task An_image_that_is_gone_is_still_reported_as_gone_once()
    {
        unreadable.Add(Digests[10].Value);
        missing.Add(Digests[11].Value);

        var description = await Registry.DescribeAsync("app", Digests, default);

        description.Found.Count.ShouldBe(98);
        description.Gone.ShouldBe([Digests[11]]);
        description.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public async Task A_single_one_is_neither_found_nor_gone()
    {
        unreadable.Add(Digests[0].Value);

        var description = await Registry.DescribeAsync("app", [Digests[0]], default);

        description.Found.ShouldBeEmpty();
        description.Gone.ShouldBeEmpty();
        description.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public async Task Where_all_times_can_be_read_one_call_is_enough()
    {
        (await Registry.DescribeAsync("app", Digests, default)).IsComplete.ShouldBeTrue();

        calls.ShouldBe(1);
    }

    string PushTimeOf(string digest) => unreadable.Contains(digest) ? "1763461234567" : "1763461234";

    async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref calls);
        var request = await JsonNode.ParseAsync(context.Request.Body);
        var asked = request!["imageIds"]!.AsArray().Select(id => id!["imageDigest"]!.GetValue<string>()).ToList();
        context.Response.ContentType = "application/x-amz-json-1.1";
        if (asked.Find(missing.Contains) is { } gone)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(
                $$"""{"__type":"ImageNotFoundException","message":"The image with imageId {imageDigest:'{{gone}}'} does not exist"}""");
            return;
        }

        var details = asked.Select(digest => $$"""{"imageDigest":"{{digest}}","imagePushedAt":{{PushTimeOf(digest)}}}""");
        await context.Response.WriteAsync($$"""{"imageDetails":[{{string.Join(',', details)}}]}""");
    }
}
