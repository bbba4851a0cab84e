using System.Text.Json.Nodes;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Ports;

namespace PushPruner.Lambda.Tests.Logs;

/// <summary>The real lines, through the logger as deployed.</summary>
public sealed class TheLogOfAPushTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_push_deleted_is_read_in_ten_lines()
    {
        await using var scenario = await LogScenario.OpenAsync();
        scenario.HasOld("1.0", "1.1");
        await scenario.PushAsync("1.2");
        scenario.Log.Clear();

        (await scenario.PushAsync("1.3")).Outcome.ShouldBe(Outcome.Pruned);

        foreach (var line in scenario.Log.All)
            TestContext.Current.TestOutputHelper!.WriteLine($"{line["level"]} {line["message"]}");
        scenario.Log.Raw.Count.ShouldBeInRange(4, 10);
        scenario.Log.All.Select(line => Text(line, "message").Split(':')[0]).ShouldBe(["Pushed", "Expired", "Deleted", "Push handled"]);
        scenario.Log.All.ShouldAllBe(line => Text(line, "level") == "Information");
    }

    [Fact]
    public async Task Every_line_names_the_request_the_event_and_the_repository()
    {
        await using var scenario = await LogScenario.OpenAsync();
        scenario.HasOld("1.0", "1.1", "1.2");

        await scenario.PushAsync("1.3");

        scenario.Log.All.Count.ShouldBeGreaterThan(3);
        scenario.Log.All.ShouldAllBe(line =>
            Text(line, "request_id") == "request-1"
            && Text(line, "event_id") == "event-of-1.3"
            && Text(line, "repository") == LogScenario.App);
    }

    [Fact]
    public async Task A_reconcile_s_lines_name_the_execution_that_asked_and_no_event_of_before()
    {
        // The keys are those of whoever asks for them first: so two invocations of one process share them.
        AWS.Lambda.Powertools.Logging.Logger.GetAllKeys().ShouldBeEmpty();
        await using var scenario = await LogScenario.OpenAsync();
        await scenario.PushAsync("1.0");
        scenario.Log.Clear();

        await scenario.ReconcileAsync(
            $$"""{"repository":"{{LogScenario.App}}","execution":"arn:aws:states:us-east-1:123456789012:execution:Reconcile:weekly"}""");

        scenario.Log.All.ShouldNotBeEmpty();
        scenario.Log.All.ShouldAllBe(line =>
            Text(line, "execution").EndsWith(":weekly", StringComparison.Ordinal)
            && Text(line, "repository") == LogScenario.App
            && line["event_id"] == null);
    }

    [Fact]
    public async Task The_line_of_a_deletion_says_what_its_tombstone_says()
    {
        await using var scenario = await LogScenario.OpenAsync();
        scenario.HasOld("1.0", "1.1");

        await scenario.PushAsync("1.2");

        var line = scenario.Log.Beginning("Deleted: ").ShouldHaveSingleItem();
        var tombstone = (await scenario.Index.ListTombstonesAsync(LogScenario.App, Token).ToListAsync(Token)).ShouldHaveSingleItem();
        ShouldSay(line, tombstone);
        (tombstone.Rank, tombstone.EventId, tombstone.Execution).ShouldBe((2, "event-of-1.2", null));
        Text(line, "tags").ShouldBe("1.0");
        line["age_days"]!.GetValue<double>().ShouldBe(60);
        (line["keep_newest"]!.GetValue<int>(), line["keep_days"]!.GetValue<double>(), Text(line, "protect_tags")).ShouldBe(
            (2, 30, "prod,release-*"));
    }

    [Fact]
    public async Task A_deletion_is_told_with_the_policy_of_its_repository_and_of_its_order()
    {
        await using var scenario = await LogScenario.OpenAsync();
        scenario.HasOld("1.0", "1.1");
        await scenario.ReconcileAsync($$"""{"repository":"{{LogScenario.App}}","keepNewest":1,"keepDays":7.5,"execution":"weekly"}""");

        var line = scenario.Log.Beginning("Deleted: ").ShouldHaveSingleItem();
        var tombstone = (await scenario.Index.ListTombstonesAsync(LogScenario.App, Token).ToListAsync(Token)).ShouldHaveSingleItem();
        ShouldSay(line, tombstone);
        (tombstone.Policy!.KeepNewest, tombstone.Policy.KeepFor, tombstone.Execution).ShouldBe((1, TimeSpan.FromDays(7.5), "weekly"));
    }

    [Fact]
    public async Task Each_manifest_of_a_group_has_a_line_and_a_tombstone()
    {
        await using var scenario = await LogScenario.OpenAsync();
        var member = ManifestFactory.Image("member", 1_000);
        scenario.Ecr.Seed(LogScenario.App, member.At(Deployment.Noon.AddDays(-70)));
        scenario.Ecr.Seed(LogScenario.App, ManifestFactory.ManifestList(member).At(Deployment.Noon.AddDays(-70), "multi-arch"));
        scenario.HasOld("1.0", "1.1");

        await scenario.ReconcileAsync($$"""{"repository":"{{LogScenario.App}}"}""");

        var tombstones = await scenario.Index
            .ListTombstonesAsync(LogScenario.App, Token)
            .ToDictionaryAsync(t => t.Digest.Value, cancellationToken: Token);
        var lines = scenario.Log.Beginning("Deleted: ").ToDictionary(line => Text(line, "digest"));
        lines.Count.ShouldBe(2);
        tombstones.Keys.ShouldBe(lines.Keys, ignoreOrder: true);
        foreach (var (digest, line) in lines)
            ShouldSay(line, tombstones[digest]);
    }

    [Fact]
    public async Task A_failure_is_a_line_of_level_Error_with_the_keys_and_is_thrown_on()
    {
        await using var scenario = await LogScenario.OpenAsync();
        scenario.Ecr.Faults.OnCall(call => call.Operation == "DescribeImages" ? Fault.AccessDenied : null);

        await Should.ThrowAsync<Amazon.ECR.AmazonECRException>(() => scenario.PushAsync("1.0"));

        var line = scenario.Log.All.Single(line => Text(line, "level") == "Error");
        (Text(line, "event_id"), Text(line, "repository"), Text(line, "error_type")).ShouldBe(
            ("event-of-1.0", LogScenario.App, "AmazonECRException"));
        Text(line, "error_message").ShouldContain("not authorized");
    }

    [Theory]
    [InlineData("""{"repository":"team/app","dryrun":true}""")]
    [InlineData("{}")]
    public async Task A_malformed_request_is_logged_as_one_error(string request)
    {
        await using var scenario = await LogScenario.OpenAsync();

        await Should.ThrowAsync<Lambda.Requests.MalformedRequestException>(() => scenario.ReconcileAsync(request));

        var line = scenario.Log.All.ShouldHaveSingleItem();
        (Text(line, "level"), Text(line, "request_id"), Text(line, "error_type")).ShouldBe(
            ("Error", "request-1", "MalformedRequestException"));
    }

    [Theory]
    [InlineData("false", "Information")]
    [InlineData("perhaps", "Warning")]
    public async Task A_repository_that_somebody_switched_off_is_no_reason_to_look_and_one_whose_tag_nobody_understands_is(
        string enabled, string level)
    {
        await using var scenario = await LogScenario.OpenAsync();
        scenario.HasOld("1.0", "1.1", "1.2");
        scenario.Ecr.TagResource(
            new()
            {
                ResourceArn = $"arn:aws:ecr:us-east-1:123456789012:repository/{LogScenario.App}",
                Tags = [new() { Key = "pushpruner:enabled", Value = enabled }],
            });

        await scenario.PushAsync("1.3");

        Text(scenario.Log.Beginning("Nothing of team/app is deleted: ").ShouldHaveSingleItem(), "level").ShouldBe(level);
    }

    static void ShouldSay(JsonObject line, Tombstone tombstone)
    {
        Text(line, "digest").ShouldBe(tombstone.Digest.Value);
        Text(line, "tags").ShouldBe(string.Join(' ', tombstone.Tags));
        Text(line, "reason").ShouldBe(tombstone.Reason);
        Text(line, "request_id").ShouldBe(tombstone.RequestId);
        ((string?)line["event_id"]).ShouldBe(tombstone.EventId);
        ((string?)line["execution"]).ShouldBe(tombstone.Execution);
        line["pushed_at"]!.GetValue<DateTimeOffset>().ShouldBe(tombstone.PushedAt!.Value);
        line["bytes"]!.GetValue<long>().ShouldBe(tombstone.Bytes);
        ((int?)line["rank"]).ShouldBe(tombstone.Rank);
        line["age_days"]!.GetValue<double>().ShouldBe(tombstone.Age!.Value.TotalDays, 0.01);
        line["keep_newest"]!.GetValue<int>().ShouldBe(tombstone.Policy!.KeepNewest);
        line["keep_days"]!.GetValue<double>().ShouldBe(tombstone.Policy.KeepFor.TotalDays, 0.01);
        Text(line, "protect_tags").ShouldBe(tombstone.Policy.ProtectTags.ToString());
    }

    static string Text(JsonObject line, string field) => line[field]?.GetValue<string>() ?? "";
}
