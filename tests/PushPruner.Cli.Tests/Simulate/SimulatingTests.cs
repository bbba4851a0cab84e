using System.Globalization;
using System.Text.Json.Nodes;
using PushPruner.Cli.Tests.Reconcile;
using PushPruner.Cli.Tests.Report;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Simulate;

public sealed class SimulatingTests : IAsyncLifetime
{
    static readonly string History = Path.Combine("events", "history.jsonl");

    readonly CliScenario cli = new();
    readonly Reporter reporter = new();

    public ValueTask InitializeAsync() => cli.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        reporter.Dispose();
        return cli.DisposeAsync();
    }

    [Fact]
    public async Task A_history_ends_as_the_real_function_leaves_it_when_it_is_replayed()
    {
        var replayed = (
            await Reporter.RunAsync("replay", History, "--json", "--keep-newest", "7", "--keep-days", "20", "--protect-tags", "v1*")).Json;
        var last = replayed["pushes"]!.AsArray().Max(p => p!["at"]!.GetValue<DateTime>());
        var simulated = await SimulateAsync(
            "--history",
            History,
            "--at",
            last.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture),
            "--keep-newest",
            "7",
            "--keep-days",
            "20",
            "--protect-tags",
            "v1*");

        // Each repository is left as its own last push left it, in the one; in the other the Friday nights prune too.
        var kept = replayed["repositories"]!.AsArray().Sum(r => r!["kept"]!.GetValue<int>());
        var policy = simulated["policies"]![1]!;
        policy["images"]!.GetValue<int>().ShouldBeInRange(kept - 3, kept);
        (policy["images"]!.GetValue<int>() + policy["deleted"]!.GetValue<int>()).ShouldBe(
            simulated["policies"]![0]!["images"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_tag_that_moved_on_protected_its_bearer_until_then()
    {
        var history = await WriteAsync("""
            {"at":"2026-01-01T00:00:00Z","repository":"team/app","tags":["1","latest"],"bytes":1000}
            {"at":"2026-03-01T00:00:00Z","repository":"team/app","tags":["2"],"bytes":1000}
            {"at":"2026-04-01T00:00:00Z","repository":"team/app","tags":["3","latest"],"bytes":1000}
            """);

        var simulated = await SimulateAsync(
            "--history",
            history,
            "--at",
            "2026-05-01",
            "--keep-newest",
            "1",
            "--keep-days",
            "30",
            "--protect-tags",
            "latest");

        var days = simulated["policies"]![1]!["days"]!
            .AsArray()
            .ToDictionary(d => d!["day"]!.GetValue<string>(), d => d!["images"]!.GetValue<int>());
        days["2026-03-01"].ShouldBe(2, "the first is old and outranked, and is the latest");
        days["2026-04-01"].ShouldBe(1, "the third is the latest now, and the second is old");
    }

    [Fact]
    public async Task Costs_are_those_of_what_was_stored_hour_by_hour_in_months_of_whatever_length()
    {
        var history = await WriteAsync("""
            {"at":"2026-01-01T00:00:00Z","repository":"team/app","tags":["1"],"bytes":100000000000}
            {"at":"2026-04-01T00:00:00Z","repository":"team/app","tags":["2"],"bytes":100000000000}
            """);

        var simulated = await SimulateAsync(
            "--history",
            history,
            "--at",
            "2026-05-16T12:00:00Z",
            "--keep-newest",
            "1",
            "--keep-days",
            "0",
            "--price",
            "0.2");

        // $20 a month for each: four months and a half, and of the second one and a half.
        var (without, with) = (simulated["policies"]![0]!, simulated["policies"]![1]!);
        without["dollars"]!.GetValue<decimal>().ShouldBe(20 * 4.5m + 20 * 1.5m, 0.001m);
        with["dollars"]!.GetValue<decimal>().ShouldBe(20 * 4.5m, 0.001m);
        with["dollarsSaved"]!.GetValue<decimal>().ShouldBe(20 * 1.5m, 0.001m);
        with["dollarsAMonth"]!.GetValue<decimal>().ShouldBe(20);
        without["months"]!.AsArray().Select(m => m!["dollars"]!.GetValue<decimal>()).ShouldBe([20, 20, 20, 40, 20]);
        with["averageBytes"]!.GetValue<double>().ShouldBe(100e9, 1e6);
    }

    [Fact]
    public async Task At_aws_nothing_is_changed_and_what_can_not_be_looked_at_is_in_no_number()
    {
        cli.Has("team/app", 30);
        cli.HasMultiArch("team/web", 12);

        var result = await cli.RunAsync(
            "simulate",
            "--endpoint-url",
            cli.Url.ToString(),
            "team/app",
            "nosuch",
            "team/web",
            "--policy",
            "5/14",
            "--json");

        result.ExitCode.ShouldBe(1);
        result.Json["failed"]!.AsArray().Select(f => f!.GetValue<string>()).ShouldBe(["nosuch"]);
        result.Json["policies"]!
            .AsArray()
            .Select(p => p!["policy"]!.GetValue<string>())
            .ShouldBe(["without pruning", "newest 10, 30 days", "newest 5, 14 days"]);
        result.Json["policies"]!.AsArray().Select(p => p!["images"]!.GetValue<int>()).ShouldBe([42, 20, 10]);
        cli.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repository_s_own_tags_keep_more_under_every_policy()
    {
        cli.Has("team/app", 30);
        cli.Ecr.TagResource(
            new TagResourceCall
            {
                ResourceArn = "arn:aws:ecr:us-east-1:123456789012:repository/team/app",
                Tags = [new ResourceTag { Key = "pushpruner:keep-newest", Value = "25" }],
            });

        var result = await cli.RunAsync("simulate", "--endpoint-url", cli.Url.ToString(), "--policy", "5/14", "--json");

        result.Json["policies"]!.AsArray().Select(p => p!["images"]!.GetValue<int>()).ShouldBe([30, 25, 25]);
    }

    [Theory]
    [InlineData("--policy is \"5\": N/X", "--policy", "5")]
    [InlineData("--policy 0/3: N is \"0\": a whole number from 1 to 1000", "--policy", "0/3")]
    [InlineData("--policy 3/-1: X is \"-1\": a number of days", "--policy", "3/-1")]
    [InlineData(
        "--policy is given more than 4 times",
        "--policy",
        "1/1",
        "--policy",
        "2/1",
        "--policy",
        "3/1",
        "--policy",
        "4/1",
        "--policy",
        "5/1")]
    [InlineData("--json and --html are two answers", "--json", "--html", "x.html")]
    [InlineData("--history looks into files, and --from says to look elsewhere", "--history", "a.jsonl", "--from", "b.json")]
    [InlineData("--history looks into files, and --region says to look elsewhere", "--history", "a.jsonl", "--region", "eu-west-1")]
    [InlineData("nosuch.jsonl: there is no such file or folder", "--history", "nosuch.jsonl")]
    public async Task Wrong_usage_is_told(string complaint, params string[] args)
    {
        var result = await Reporter.RunAsync(["simulate", .. args]);

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain(complaint);
    }

    [Fact]
    public async Task Where_nothing_has_a_time_there_is_nothing_to_play()
    {
        var listing = ListingFile.Of("team/app", 1).ToString().Replace("\"imagePushedAt\":", "\"ignored\":", StringComparison.Ordinal);

        var result = await Reporter.RunAsync("simulate", "--from", await WriteAsync(listing));

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("nothing to play");
    }

    static async Task<JsonNode> SimulateAsync(params string[] args)
    {
        var result = await Reporter.RunAsync(["simulate", "--json", .. args]);
        result.ExitCode.ShouldBe(0, result.Error);
        return result.Json;
    }

    async Task<string> WriteAsync(string text)
    {
        var path = reporter.In(text.StartsWith("{\"at\"", StringComparison.Ordinal) ? "history.jsonl" : "listing.json");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }
}
