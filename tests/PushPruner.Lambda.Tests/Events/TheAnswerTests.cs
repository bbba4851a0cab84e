using System.Text;
using System.Text.Json.Nodes;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Lambda.Tests.Events;

public class TheAnswerTests
{
    [Fact]
    public async Task It_has_the_names_and_shapes_that_scripts_rely_on()
    {
        await using var deployment = await Deployment.StartAsync(
            settings: new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } }
        );
        var old = ManifestFactory.Image("old", 123);
        deployment.Ecr.Seed("app", old.At(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), "1.0"));
        var pushed = deployment.Ecr.PutImage(ManifestFactory.Image("new").Put("app", "2.0")).Event!;
        deployment.Clock.Advance(TimeSpan.FromMilliseconds(840));

        var answer = Json(await deployment.InvokeAsync(pushed.Json));

        JsonNode
            .DeepEquals(
                answer,
                JsonNode.Parse(
                    $$"""
                    {"repository":"app","digest":"{{pushed.Digest}}","outcome":"pruned","dryRun":false,"resynced":true,
                     "expired":[{"digest":"{{old.Digest}}","tags":["1.0"],"pushedAt":"2026-04-01T00:00:00Z","bytes":123,"reason":"rank 1 or more, 61.6 days old"}],
                     "deleted":["{{old.Digest}}"],"failed":[],
                     "expiredCount":1,"deletedCount":1,"failedCount":0,"doubtCount":0,"bytes":123,"pushToPruneMs":840}
                    """))
            .ShouldBeTrue(answer.ToJsonString());
    }

    [Fact]
    public void Lists_hold_a_hundred_at_most_and_counts_are_complete()
    {
        var expired = Enumerable.Range(0, 100).Select(n => new ExpiredImage($"sha256:{n:x64}", ["a"], null, 1, "r")).ToList();
        var answer = Json(new PruneResult { Outcome = Outcome.Pruned, Expired = expired, ExpiredCount = 250 });

        answer["expired"]!.AsArray().Count.ShouldBe(100);
        answer["expiredCount"]!.GetValue<int>().ShouldBe(250);
    }

    [Fact]
    public async Task It_has_32_KB_at_most_however_many_tags_images_have()
    {
        await using var deployment = await Deployment.StartAsync(
            settings: new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } }
        );
        for (var n = 0; n < 20; n++)
        {
            deployment.Ecr.Seed(
                "app",
                ManifestFactory
                    .Image($"old-{n}")
                    .At(Deployment.Noon.AddDays(-100 - n), [.. Enumerable.Range(0, 500).Select(t => $"release-{n}-{t}")]));
        }

        var pushed = deployment.Ecr.PutImage(ManifestFactory.Image("new").Put("app", "2.0")).Event!;

        var answer = Json(await deployment.InvokeAsync(pushed.Json));

        answer.ToJsonString().Length.ShouldBeLessThanOrEqualTo(32_768);
        answer["expired"]!.AsArray().Count.ShouldBe(20);
        answer["deletedCount"]!.GetValue<int>().ShouldBe(20);
    }

    static JsonNode Json(PruneResult result)
    {
        using var stream = new MemoryStream();
        new FunctionSerializer().Serialize(result, stream);
        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
    }
}
