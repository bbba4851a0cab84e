using System.Text.Json.Nodes;
using PushPruner.Cli.Tests.Report;

namespace PushPruner.Cli.Tests.Simulate;

/// <summary>Three images long past both windows, of which the oldest was pulled on the first of May and not since.</summary>
public sealed class PullsTests : IDisposable
{
    readonly Reporter reporter = new();

    public void Dispose() => reporter.Dispose();

    [Fact]
    public async Task A_pulled_image_is_kept_as_long_as_its_last_pull_keeps_it_where_pulls_count()
    {
        var images = await ImagesByDayAsync("--keep-pulled-days", "30");

        // May the 1st, 30 days, the day of lag, and the Friday after.
        images.ShouldBe([("2026-01-01", 1), ("2026-01-05", 2), ("2026-01-10", 3), ("2026-02-06", 2), ("2026-06-05", 1), ("2026-08-01", 1)]);
    }

    [Fact]
    public async Task A_pulled_image_is_deleted_with_the_others_where_pulls_do_not_count()
    {
        var images = await ImagesByDayAsync();

        images.ShouldBe([("2026-01-01", 1), ("2026-01-05", 2), ("2026-01-10", 3), ("2026-02-06", 1), ("2026-08-01", 1)]);
    }

    async Task<IEnumerable<(string, int)>> ImagesByDayAsync(params string[] args)
    {
        var listing = JsonNode.Parse(
            new ListingFile()
                .Has("team/app", 151.5, 1_000, "1")
                .Has("team/app", 147.5, 1_000, "2")
                .Has("team/app", 142.5, 1_000, "3")
                .ToString())!;
        listing["imageDetails"]![0]!["lastRecordedPullTime"] = "2026-05-01T00:00:00Z";
        await File.WriteAllTextAsync(reporter.In("listing.json"), listing.ToJsonString(), TestContext.Current.CancellationToken);

        var result = await Reporter.RunAsync([
            "simulate",
            "--json",
            "--from",
            reporter.In("listing.json"),
            "--at",
            "2026-08-01",
            "--keep-newest",
            "1",
            .. args,
        ]);

        result.ExitCode.ShouldBe(0, result.Error);
        return result.Json["policies"]![1]!["days"]!.AsArray().Select(d => (d!["day"]!.GetValue<string>(), d["images"]!.GetValue<int>()));
    }
}
