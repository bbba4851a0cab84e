using PushPruner.Cli.Tests.Reconcile;
using PushPruner.Cli.Tests.Report;

namespace PushPruner.Cli.Tests.Simulate;

/// <summary><c>simulate --layers</c>.</summary>
public sealed class ByLayerTests : IAsyncLifetime
{
    readonly CliScenario cli = new();

    public ValueTask InitializeAsync() => cli.InitializeAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    // LocalAws makes one layer an image, so that both counts agree; the sample shares its base.
    [Fact]
    public async Task Where_nothing_is_shared_it_is_what_images_count_and_exact()
    {
        cli.Has("team/app", 14);

        var byImage = await SimulateAsync("--json");
        var byLayer = await SimulateAsync("--json", "--layers");

        byLayer.ExitCode.ShouldBe(0, byLayer.Error);
        byImage.Json["bytesAre"]!.GetValue<string>().ShouldBe("at-most");
        byLayer.Json["bytesAre"]!.GetValue<string>().ShouldBe("exact");
        foreach (var name in (string[])["bytes", "peakBytes", "averageBytes", "images", "deleted"])
            byLayer.Json["policies"]![1]![name]!.GetValue<long>().ShouldBe(byImage.Json["policies"]![1]![name]!.GetValue<long>(), name);
    }

    [Fact]
    public async Task What_is_left_at_the_end_is_what_the_plan_leaves()
    {
        var folder = Path.GetDirectoryName(Reporter.Sample())!;
        string[] asked = ["shop/orders", "--from", folder, "--at", ListingFile.At, "--layers", "--json"];
        var plan = (await Reporter.RunAsync(["plan", .. asked])).Json["totals"]!["layers"]!;

        var course = (await Reporter.RunAsync(["simulate", .. asked])).Json["policies"]!;

        course[0]!["bytes"]!.GetValue<long>().ShouldBe(plan["bytes"]!.GetValue<long>());
        // The rule deletes at the next push or on Friday, so something of it may still be there.
        course[1]!["bytes"]!
            .GetValue<long>()
            .ShouldBeGreaterThanOrEqualTo(plan["bytes"]!.GetValue<long>() - plan["bytesToFree"]!.GetValue<long>());
        course[1]!["bytes"]!.GetValue<long>().ShouldBeLessThan(plan["bytes"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_history_has_no_manifests_to_read()
    {
        var result = await Reporter.RunAsync("simulate", "--history", "events/history.jsonl", "--layers");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldStartWith("--layers reads manifests, and a history of pushes has none");
    }

    Task<CliResult> SimulateAsync(params string[] args) => cli.RunAsync(["simulate", "--endpoint-url", cli.Url.ToString(), .. args]);
}
