using System.Text;
using Amazon.Lambda.Serialization.SystemTextJson;
using CsCheck;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Hostile;

namespace PushPruner.Lambda.Tests.Events;

/// <summary>
/// Events of junk, through the function and its own serializer, with a repository behind it in which images have expired: what is no JSON
/// is the serializer's error, all else an answer.
/// </summary>
public sealed class EventsOfJunkTests : IAsyncLifetime
{
    const int Kept = 2;
    const int Expired = 3;

    // Right but for one thing, which no change of the junk's makes good.
    static readonly IReadOnlyList<(string Right, string Wrong)> Breaks =
    [
        ("\"aws.ecr\"", "\"aws.ecs\""),
        ("\"ECR Image Action\"", "\"ECR Image Scan\""),
        ("\"PUSH\"", "\"DELETE\""),
        ("\"SUCCESS\"", "\"FAILURE\""),
        ("\"123456789012\"", "\"210987654321\""),
        ("\"us-east-1\"", "\"eu-west-1\""),
    ];

    Deployment deployment = null!;

    static string Push(string digest = "sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234567b") =>
        $$$"""
            {"version":"0","id":"e","detail-type":"ECR Image Action","source":"aws.ecr","account":"123456789012","time":"2026-06-01T11:00:00Z",
             "region":"us-east-1","resources":[],"detail":{"result":"SUCCESS","repository-name":"app",
             "image-digest":"{{{digest}}}","action-type":"PUSH","image-tag":"1.0","manifest-media-type":"application/vnd.oci.image.manifest.v1+json"}}
            """;

    public async ValueTask InitializeAsync()
    {
        deployment = await Deployment.StartAsync(settings: new Settings { Policy = new RetentionPolicy { KeepNewest = Kept } });
        Fill();
    }

    public ValueTask DisposeAsync() => deployment.DisposeAsync();

    [Fact]
    public async Task What_is_no_push_of_ours_leaves_every_image_there_and_asks_nothing_of_ECR()
    {
        var broken = Breaks.Select(b => Push().Replace(b.Right, b.Wrong, StringComparison.Ordinal)).ToList();
        deployment.Ecr.Calls.Clear();

        await Junk.Anything(broken).SampleAsync(async bytes =>
        {
            if (await AnswerAsync(bytes) is not { } result)
                return;

            result.Outcome.ShouldBe(Outcome.Ignored);
            result.Why.ShouldNotBeNull().Length.ShouldBeLessThan(300);
            deployment.Ecr.Calls.Count().ShouldBe(0);
        }, iter: 3_000, print: Encoding.UTF8.GetString);

        Images.ShouldBe(Kept + Expired);
    }

    [Fact]
    public async Task Of_a_push_that_was_tampered_with_nothing_follows_but_what_the_rule_says()
    {
        var digest = deployment.Ecr.Images("app").MaxBy(i => i.PushedAt)!.Digest;
        var pruned = 0;

        await Junk.Almost([Push(digest)]).SampleAsync(async text =>
        {
            var result = await AnswerAsync(Encoding.UTF8.GetBytes(text));

            if (result is null or { Outcome: Outcome.Ignored })
                Images.ShouldBe(Kept + Expired);
            else if (Images == Kept)
                pruned++;
            Images.ShouldBeGreaterThanOrEqualTo(Kept);
            deployment.Ecr.Images("app").ShouldContain(i => i.Digest == digest, "what the event names is never deleted by it");
            Refill();
            if (result is { DeletedCount: > 0 })
                await deployment.ReconcileAsync("""{"repository":"app","dryRun":true}""");
        }, iter: 300, threads: 1);

        pruned.ShouldBeGreaterThan(20, "many changes leave a push of ours");
    }

    /// <summary>Names that are no text: valid JSON, which a serializer may pass on.</summary>
    [Theory]
    [InlineData("{\"\\ud800aaaaaaaaaaaaaaaaaaaaaaaaaaa\":1}")]
    [InlineData("{\"detail\":{\"\\udc00aaaaaaaaaaaaaaaaaaaaaaaaaaa\":1},\"source\":\"aws.ecr\"}")]
    public async Task A_name_that_is_no_text_is_ignored(string json) =>
        (await deployment.InvokeAsync(json)).Outcome.ShouldBe(Outcome.Ignored);

    int Images => deployment.Ecr.Images("app").Count;

    // Null where the serializer refused it. What it didn't must be answered in JSON.
    async Task<PruneResult?> AnswerAsync(byte[] bytes)
    {
        try
        {
            var result = await deployment.InvokeAsync(bytes);
            using var answer = new MemoryStream();
            new FunctionSerializer().Serialize(result, answer);
            System.Text.Json.JsonDocument.Parse(answer.ToArray()).Dispose();
            return result;
        }
        catch (JsonSerializerException)
        {
            Should.Throw<System.Text.Json.JsonException>(() => System.Text.Json.JsonDocument.Parse(bytes), "JSON is answered");
            return null;
        }
    }

    void Fill()
    {
        for (var n = 0; n < Kept; n++)
            deployment.Ecr.Seed("app", ManifestFactory.Image($"kept-{n}").At(Deployment.Noon.AddDays(-n - 1), $"kept-{n}"));
        Refill();
    }

    void Refill()
    {
        var there = deployment.Ecr.Images("app").Select(i => i.Digest).ToHashSet(StringComparer.Ordinal);
        for (var n = 0; n < Expired; n++)
        {
            var image = ManifestFactory.Image($"old-{n}");
            if (!there.Contains(image.Digest))
                deployment.Ecr.Seed("app", image.At(Deployment.Noon.AddDays(-100 - n), $"old-{n}"));
        }
    }
}
