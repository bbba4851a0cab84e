using System.Text.Json.Nodes;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Rules;

/// <summary>
/// A repository of 48 manifests that another tool's authors made to hold every kind of kinship: indexes, shared members, subjects, fallback
/// indexes, referrers of members, a circle, and an index that bears its own digest as a tag.
/// </summary>
public class AWholeRecordedRepositoryTests
{
    static readonly DateTimeOffset Pushed = PushScenario.Noon.AddDays(-100);

    static async Task<PushScenario> ZooAsync()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        var images = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine("Data", "zoo", "batch-get-image.json")))!["images"]!.AsArray();
        var tags = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine("Data", "zoo", "list-images.json")))!["imageIds"]!.AsArray()
            .Where(i => i!["imageTag"] is not null)
            .ToLookup(i => i!["imageDigest"]!.GetValue<string>(), i => i!["imageTag"]!.GetValue<string>());
        scenario.Ecr.Seed(PushScenario.App, images.Select(i => new SeededImage
        {
            Manifest = i!["imageManifest"]!.GetValue<string>(),
            Tags = [.. tags[i["imageId"]!["imageDigest"]!.GetValue<string>()]],
            PushedAt = Pushed,
            MediaType = i["imageManifestMediaType"]?.GetValue<string>(),
        }));
        scenario.Ecr.Images(PushScenario.App).Count.ShouldBe(48);
        return scenario;
    }

    [Fact]
    public async Task Whatever_goes_no_kept_owner_loses_anything()
    {
        var scenario = await ZooAsync();
        var before = scenario.Ecr.Images(PushScenario.App).Select(i => i.Digest).ToHashSet();
        await scenario.KnowsTheRepositoryAsync();
        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows;

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Pruned);
        result.FailedCount.ShouldBe(0);
        var after = scenario.Ecr.Images(PushScenario.App).Select(i => i.Digest).ToHashSet();
        foreach (var row in rows.Values.Where(r => after.Contains(r.Digest.Value)))
        {
            foreach (
                var owned in (row.History.Members ?? DigestSet.Empty).Concat(row.History.Referrers).Where(d => before.Contains(d.Value)))
            {
                after.ShouldContain(owned.Value, $"{row.Digest} owns it and is kept");
            }
        }
    }

    [Fact]
    public async Task The_circle_is_kept_and_reported_and_the_rest_goes()
    {
        var scenario = await ZooAsync();
        var loop = scenario.Ecr.Images(PushScenario.App).Single(i => i.Tags.Contains("loop"));

        var result = await scenario.PushAsync("new");

        result.DoubtCount.ShouldBeGreaterThanOrEqualTo(2);
        scenario.Ecr.Images(PushScenario.App).ShouldContain(i => i.Digest == loop.Digest);
        scenario.Images.ShouldContain("new");
        scenario.Images.ShouldNotContain(tag =>
            tag.StartsWith("v1", StringComparison.Ordinal) || tag.StartsWith("v2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_index_that_bears_its_own_digest_as_a_tag_is_an_image()
    {
        var scenario = await ZooAsync();
        await scenario.KnowsTheRepositoryAsync();
        var mirror = Digest.Parse(scenario.Ecr.Images(PushScenario.App).Single(i => i.Tags.Contains("mirror")).Digest);

        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[mirror].RankedAt.ShouldBe(Pushed);
    }
}
