using System.Globalization;
using System.Text.Json.Nodes;
using PushPruner.EndToEnd.Tests.Layers;
using PushPruner.LocalAws;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Published;

/// <summary>A registry as people have it: many repositories, and one that CI has filled for years.</summary>
[Collection(Publication.Name)]
public sealed class AHundredThousandImagesTests(PublishedBootstrap bootstrap, Servers servers, ITestOutputHelper output)
{
    const int Small = 299;
    const int Large = 100_000;
    const int Old = 150;
    const int MostPages = 101;
    const int Budget = 256 * 1024;

    // What the collector sees in a function of 256 MB; hexadecimal.
    static readonly (string Name, string Value) MemoryOfTheMachine = ("DOTNET_GCHeapHardLimit", "C000000");

    [Fact]
    public async Task Are_reconciled_within_their_listing_calls_and_256_MB_and_a_second_run_does_nothing()
    {
        await using var live = await LiveDeployment.StartAsync(
            bootstrap.Program, servers.Dynamo, "large", ("ANNOTATIONS_HANDLER", "ReconcileRepository"), MemoryOfTheMachine);
        var names = Enumerable.Range(0, Small).Select(n => $"small/{n.ToString(CultureInfo.InvariantCulture)}").ToList();
        foreach (var name in names)
        {
            live.Ecr.CreateRepository(name);
            Fill(live, name, 5, old: 2);
        }

        Fill(live, LiveDeployment.App, Large, Old);

        foreach (var name in names)
            (await ReconcileAsync(live, name)).DeletedCount.ShouldBe(2, name);
        var first = await ReconcileAsync(live, LiveDeployment.App);
        var second = await ReconcileAsync(live, LiveDeployment.App);
        var again = await ReconcileAsync(live, names[0]);

        var peak = MemoryOf.Process(live.ProcessId).Peak;
        output.WriteLine($"{Large} images: {first}, then {second}; {peak} kB at most");
        first.DeletedCount.ShouldBe(Old);
        second.ShouldSatisfyAllConditions(
            r => r.DeletedCount.ShouldBe(0),
            r => r.Drift.ShouldBe(0),
            r => r.Runs.ShouldBe(1),
            r => r.Pages.ShouldBeLessThanOrEqualTo(MostPages));
        again.ShouldSatisfyAllConditions(r => r.DeletedCount.ShouldBe(0), r => r.Drift.ShouldBe(0));
        live.Ecr.Images(LiveDeployment.App).Count.ShouldBe(Large - Old);
        peak.ShouldBeLessThanOrEqualTo(Budget);
    }

    static void Fill(LiveDeployment live, string repository, int count, int old)
    {
        for (var n = 0; n < count; n++)
        {
            var at = live.Now.AddDays(n < old ? -40 : -20).AddSeconds(n);
            live.Ecr.Seed(
                repository,
                ManifestFactory
                    .Image($"{repository}/{n.ToString(CultureInfo.InvariantCulture)}", 1_000)
                    .At(at, $"v{n.ToString(CultureInfo.InvariantCulture)}"));
        }
    }

    // As the state machine does: again while it isn't done.
    static async Task<Outcome> ReconcileAsync(LiveDeployment live, string repository)
    {
        live.Ecr.Calls.Clear();
        var (deleted, drift) = (0, 0);
        for (var runs = 1; ; runs++)
        {
            var answer = await live.InvokeAsync($$"""{"repository":"{{repository}}"}""");
            answer.FunctionError.ShouldBeNull(answer.Payload);
            var result = JsonNode.Parse(answer.Payload)!;
            deleted += (int)result["deletedCount"]!;
            drift += (int)result["drift"]!["missing"]! + (int)result["drift"]!["phantom"]! + (int)result["drift"]!["stale"]!;
            if ((bool)result["done"]!)
                return new Outcome(deleted, drift, runs, live.Ecr.Calls.All.Count(c => c is { Operation: "DescribeImages", IdCount: 0 }));
        }
    }

    sealed record Outcome(int DeletedCount, int Drift, int Runs, int Pages);
}
