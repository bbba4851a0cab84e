using System.Text.Json.Nodes;
using PushPruner.Jobs;
using PushPruner.LocalAws;

namespace PushPruner.Lambda.Tests.Events;

public class EventsAsEcrSentThemTests
{
    [Theory]
    [InlineData("push-multiarch-1-child-2025-09-25", "eu-central-1")]
    [InlineData("push-multiarch-2-index-2025-09-25", "eu-central-1")]
    [InlineData("push-tagged-docker-2023-09-12", "eu-west-2")]
    [InlineData("push-tagged-no-media-types-2022-10-05", "ap-northeast-2")]
    [InlineData("push-tagged-oci-hybrid-2023-05-08", "eu-central-1")]
    [InlineData("push-untagged-oci-2025-06-11", "us-east-1")]
    public async Task A_recorded_push_is_understood(string file, string region)
    {
        await using var deployment = await Deployment.StartAsync(region);
        var json = await File.ReadAllTextAsync(Path.Combine("Data", "events", $"{file}.json"), TestContext.Current.CancellationToken);
        var detail = JsonNode.Parse(json)!["detail"]!;
        var repository = detail["repository-name"]!.GetValue<string>();
        var tag = detail["image-tag"]!.GetValue<string>();
        deployment.Ecr.Seed(repository, new SeededImage
        {
            Digest = detail["image-digest"]!.GetValue<string>(),
            Tags = tag.Length > 0 ? [tag] : [],
            PushedAt = Deployment.Noon.AddDays(-100),
            MediaType = detail["manifest-media-type"]?.GetValue<string>() ?? MediaTypes.DockerManifest,
        });

        var result = await deployment.InvokeAsync(json);

        result.Outcome.ShouldBe(Outcome.NothingExpired, result.Why);
        var row = (await deployment.Index.ReadAllAsync(repository, default)).Rows.Values.ShouldHaveSingleItem();
        // The bytes of the recorded index aren't known, so what it names can't be read: in doubt it takes no place.
        var isIndex = file.Contains("index", StringComparison.Ordinal);
        (row.RankedAt is null).ShouldBe(
            isIndex || tag.Length == 0, "a tag proves an image; without one its bytes do, and those aren't known either");
        result.DoubtCount.ShouldBe(isIndex ? 1 : 0);
    }

    [Fact]
    public async Task A_recorded_failure_is_ignored()
    {
        await using var deployment = await Deployment.StartAsync("eu-west-1");
        var json = await File.ReadAllTextAsync(
            Path.Combine("Data", "events", "push-failure-empty-digest-2020-03-26.json"), TestContext.Current.CancellationToken);

        (await deployment.InvokeAsync(json)).Why.ShouldBe("its result is \"FAILURE\", not \"SUCCESS\"");
    }

    [Fact]
    public async Task Every_event_that_the_local_registry_sends_is_understood()
    {
        await using var deployment = await Deployment.StartAsync();
        deployment.Ecr.CreateRepository("app");
        var events = new List<RegistryEvent>();
        using var subscription = deployment.Ecr.Subscribe(events.Add);
        deployment.Ecr.PutImage(ManifestFactory.Image("a").Put("app", "1.0"));
        deployment.Ecr.PutImage(ManifestFactory.Image("a").Put("app", "prod"));
        deployment.Ecr.PutImage(ManifestFactory.Image("b").Put("app"));
        deployment.Ecr.Replicate("base", ManifestFactory.Image("c").At(Deployment.Noon, "3.20"), "eu-west-1");

        foreach (var evt in events)
            (await deployment.InvokeAsync(evt.Json)).Outcome.ShouldBe(Outcome.NothingExpired);
        events.Count.ShouldBe(4);
    }
}
