using System.Globalization;
using System.Text.Json;
using PushPruner.Cli.Tests.Reconcile;
using PushPruner.Cli.Tests.Report;

namespace PushPruner.Cli.Tests.Simulate;

public sealed class UnusualPastsTests : IDisposable
{
    const string Event = """
        {"version":"0","id":"1","detail-type":"ECR Image Action","source":"aws.ecr","account":"123456789012","time":"2026-03-01T08:00:00Z","region":"us-east-1","resources":[],
        "detail":{"result":"SUCCESS","repository-name":NAME,"image-digest":"sha256:0000000000000000000000000000000000000000000000000000000000000001","action-type":"PUSH","image-tag":"1.0"}}
        """;

    readonly Reporter reporter = new();

    public void Dispose() => reporter.Dispose();

    [Fact]
    public async Task What_was_pushed_after_the_time_in_question_is_left_out()
    {
        var result = await OfAsync(ListingFile.Of("team/app", 20, daysBetween: 10), "--at", "2026-03-01T12:00:00Z");

        // Of 20 images of the 200 days before June, those of the 108 days before March.
        result.Json["policies"]!.AsArray().Select(p => p!["images"]!.GetValue<int>()).ShouldBe([11, 10]);
    }

    [Fact]
    public async Task A_clock_that_is_a_little_ahead_leaves_nothing_out()
    {
        var result = await OfAsync(new ListingFile().Has("team/app", 10, 1_000, "1").Has("team/app", -0.5, 1_000, "2"));

        result.Json["policies"]![0]!["images"]!.GetValue<int>().ShouldBe(2);
        result.Json["policies"]![0]!["days"]!.AsArray().Max(d => d!["day"]!.GetValue<string>()).ShouldBe("2026-06-01");
    }

    [Fact]
    public async Task Ten_years_and_a_hundred_thousand_images_are_told_in_a_document_that_does_not_grow()
    {
        const int images = 100_000;
        var listing = new ListingFile();
        for (var n = 0; n < images; n++)
            listing.Has($"team/app-{n % 3}", 1 + (n * 3_650.0 / images), 1_000_000, $"{n}");

        var result = await OfAsync(listing, "--policy", "100/365", "--policy", "1/0");

        var policies = result.Json["policies"]!.AsArray();
        // A day ago the last pushes pruned: each repository has an image in 0.1095 days, 274 in 30 and 3,334 in 365.
        policies.Select(p => p!["images"]!.GetValue<int>()).ShouldBe([images, 3 * 274, 3 * 3_334, 3]);
        policies.ShouldAllBe(p => p!["days"]!.AsArray().Count <= 400);
        foreach (var policy in policies)
            policy!["days"]!.AsArray()[^1]!["images"]!.GetValue<int>().ShouldBe(policy["images"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_event_has_no_size_and_it_is_said_how_many_count_as_nothing()
    {
        var result = await OfEventAsync("\"team/app\"");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("An event doesn't say how large an image is: 1 image count");
        result.Output.ShouldContain("│ without pruning    │      1 │          0 B │");
    }

    [Fact]
    public async Task A_hostile_name_in_an_event_does_not_reach_the_terminal()
    {
        var result = await OfEventAsync(JsonSerializer.Serialize("[red]\e[2J\u202eteam[/]"));

        result.ExitCode.ShouldBe(0, result.Error);
        (result.Output + result.Error)
            .Where(c => c != '\n' && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Before_the_first_push_there_is_nothing_to_play()
    {
        var result = await OfAsync(ListingFile.Of("team/app", 3), "--at", "2020-01-01");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Json["policies"]!.AsArray().ShouldBeEmpty();
    }

    async Task<CliResult> OfAsync(ListingFile listing, params string[] args)
    {
        await File.WriteAllTextAsync(reporter.In("listing.json"), listing.ToString(), TestContext.Current.CancellationToken);
        string[] at = args.Contains("--at") ? [] : ["--at", ListingFile.At];
        return await Reporter.RunAsync(["simulate", "--json", "--from", reporter.In("listing.json"), .. at, .. args]);
    }

    async Task<CliResult> OfEventAsync(string name)
    {
        await File.WriteAllTextAsync(
            reporter.In("event.json"), Event.Replace("NAME", name, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return await Reporter.RunAsync("simulate", "--history", reporter.In("event.json"), "--at", ListingFile.At);
    }
}
