using System.Text.Json.Nodes;
using PushPruner.Testing.DynamoDb;
using PushPruner.Testing.Programs;

namespace PushPruner.EndToEnd.Tests.Layers;

/// <summary>What a person or the state machine asks for, through Lambda's own APIs and every layer behind them.</summary>
public abstract class OnDemandScenarios(Servers servers)
{
    protected abstract FunctionProgram Program { get; }

    [Fact]
    public async Task Repositories_are_listed_answer_by_answer()
    {
        await using var live = await LiveDeployment.StartAsync(
            Program, servers.Dynamo, "listed", ("ANNOTATIONS_HANDLER", "ListRepositories"), ("REPOSITORIES", "*,!team/app"));
        foreach (var n in Enumerable.Range(0, 600))
            live.Ecr.CreateRepository($"r{n:d3}");

        var first = await live.InvokeOverHttpAsync("{}");
        var second = await live.InvokeOverHttpAsync($$"""{"nextToken":{{first["nextToken"]!.ToJsonString()}}}""");

        first["repositories"]!.AsArray().Count.ShouldBe(500);
        first["repositories"]!
            .AsArray()
            .Concat(second["repositories"]!.AsArray())
            .Select(r => r!.GetValue<string>())
            .ShouldBe(Enumerable.Range(0, 600).Select(n => $"r{n:d3}"));
        second.AsObject().ContainsKey("nextToken").ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_that_ECR_no_longer_takes_fails_by_the_name_that_ECR_gives_it()
    {
        await using var live = await StartAsync("ListRepositories");

        (await live.InvokeOverHttpAsync("""{"nextToken":"expired"}"""))["errorType"]!
            .GetValue<string>()
            .ShouldBe("InvalidParameterException");
    }

    [Theory]
    [InlineData("ListRepositories", """{"nextToken":7}""", "nextToken is 7: the nextToken of a former answer")]
    [InlineData("ListRepositories", "null", "the request is null: an object with nextToken, execution")]
    [InlineData(
        "ReconcileRepository",
        """{"repository":"team/app","keepNewest":0}""",
        "keepNewest is \"0\": a whole number from 1 to 1000, such as 10")]
    [InlineData(
        "ReconcileRepository",
        """{"repository":"team/app","dryrun":true}""",
        "\"dryrun\":true is no field of this request; there are repository, dryRun, maxDeletes, asOf, policy, keepNewest, keepDays, "
            + "execution, run"
    )]
    public async Task A_request_that_can_t_be_understood_fails_by_a_name_that_a_state_machine_can_tell(
        string function, string payload, string message)
    {
        await using var live = await StartAsync(function);

        var error = await live.InvokeOverHttpAsync(payload);

        error["errorType"]!.GetValue<string>().ShouldBe("MalformedRequestException");
        error["errorMessage"]!.GetValue<string>().ShouldBe(message);
        live.Ecr.Calls.Count("DescribeImages").ShouldBe(0);
    }

    [Fact]
    public async Task A_request_with_lines_of_its_own_adds_none_to_the_log()
    {
        await using var live = await StartAsync("ReconcileRepository");

        await live.InvokeOverHttpAsync(
            $$"""{"repository":"{{LiveDeployment.App}}","maxDeletes":[""" + "\n{\"level\":\"Error\",\"message\":\"forged\"}\n]}");

        await live.TerminateAsync();
        await live.ExitCodeAsync();
        var lines = live.Log.Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        lines.Count.ShouldBe(2);
        lines.ShouldContain(l => l.ContainsKey("requestId"));
        lines.ShouldContain(l =>
            l.ContainsKey("request_id")
            && l["message"]!
                .GetValue<string>()
                .StartsWith("Failed: MalformedRequestException, maxDeletes is \"[\\u000a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repository_that_isn_t_served_is_ignored_with_every_field_that_scripts_rely_on()
    {
        await using var live = await StartAsync("ReconcileRepository", ("REPOSITORIES", "other/*"), ("DRY_RUN", "true"));
        live.HasOldImages(4);

        var answer = await live.InvokeOverHttpAsync($$"""{"repository":"{{LiveDeployment.App}}"}""");

        JsonNode.DeepEquals(answer, JsonNode.Parse("""
            {"repository":"team/app","outcome":"ignored","why":"REPOSITORIES does not include team/app","dryRun":true,"resynced":false,
             "expired":[],"deleted":[],"failed":[],"expiredCount":0,"deletedCount":0,"failedCount":0,"doubtCount":0,"bytes":0,
             "done":true,"images":0,"kept":0,"drift":{"missing":0,"phantom":0,"stale":0},
             "rowsWritten":0,"lastingDoubtCount":0,"overridesMalformed":false,"deferredOverADay":false}
            """)).ShouldBeTrue(answer.ToJsonString());
    }

    [Fact]
    public async Task A_repository_is_reconciled_first_on_trial_then_in_earnest_and_a_second_run_finds_nothing()
    {
        await using var live = await LiveDeployment.StartAsync(
            Program, servers.Dynamo, "reconciled", ("ANNOTATIONS_HANDLER", "ReconcileRepository"));
        live.HasOldImages(5);

        var trial = await live.InvokeOverHttpAsync($$"""{"repository":"{{LiveDeployment.App}}","dryRun":true}""");
        live.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
        var earnest = await live.InvokeOverHttpAsync($$"""{"repository":"{{LiveDeployment.App}}"}""");
        var again = await live.InvokeOverHttpAsync($$"""{"repository":"{{LiveDeployment.App}}"}""");

        trial["outcome"]!.GetValue<string>().ShouldBe("dry-run");
        trial["drift"]!["missing"]!.GetValue<int>().ShouldBe(5);
        earnest["outcome"]!.GetValue<string>().ShouldBe("pruned");
        JsonNode.DeepEquals(earnest["expired"], trial["expired"]).ShouldBeTrue();
        earnest["deleted"]!
            .AsArray()
            .Select(d => d!.GetValue<string>())
            .ShouldBe(trial["deleted"]!.AsArray().Select(d => d!.GetValue<string>()), ignoreOrder: true);
        again.ShouldSatisfyAllConditions(
            a => a["outcome"]!.GetValue<string>().ShouldBe("nothing-expired"),
            a => a["done"]!.GetValue<bool>().ShouldBeTrue(),
            a => a["images"]!.GetValue<int>().ShouldBe(3),
            a => a["kept"]!.GetValue<int>().ShouldBe(3),
            a => a["drift"]!.AsObject().Sum(d => d.Value!.GetValue<int>()).ShouldBe(0));
        live.Tags.ShouldBe(["old-3", "old-4", "old-5"]);

        await live.TerminateAsync();
        await live.ExitCodeAsync();
        var line = live.Log
            .Select(l => JsonNode.Parse(l)!)
            .First(l => l["message"]!.GetValue<string>().StartsWith("Repository reconciled: ", StringComparison.Ordinal));
        line["message"]!
            .GetValue<string>()
            .ShouldStartWith(
                "Repository reconciled: dry-run, done True, 5 images, 3 kept, 2 expired, 2 deleted, 0 failed, 0 in doubt, 2000 bytes, 5 "
                    + "without a row, 0 rows without a manifest, 0 rows that differed, dry run True.");
    }

    [Fact]
    public async Task The_command_that_a_halted_run_prints_approves_it()
    {
        Assert.SkipUnless(AwsCli.IsInstalled, AwsCli.Missing);
        await using var live = await LiveDeployment.StartAsync(
            Program, servers.Dynamo, "halted", ("ANNOTATIONS_HANDLER", "ReconcileRepository"));
        live.HasOldImages(8);
        var halted = await live.InvokeOverHttpAsync(
            $$"""{"repository":"{{LiveDeployment.App}}","maxDeletes":2,"keepNewest":5,"keepDays":39.5}""");
        live.Tags.Count.ShouldBe(8, halted.ToJsonString());

        var why = halted["why"]!.GetValue<string>();
        var approved = await Command.RunAsync(
            "sh",
            ["-c", why[why.IndexOf("echo ", StringComparison.Ordinal)..]],
            ("AWS_ENDPOINT_URL_LAMBDA", live.Url.ToString()),
            ("AWS_REGION", "us-east-1"),
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"));

        approved.ShouldNotBeNull().Output.ShouldContain("\"deletedCount\":3", customMessage: approved.Error);
        live.Tags.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_repository_that_isn_t_there_is_gone_and_that_is_no_error()
    {
        await using var live = await LiveDeployment.StartAsync(
            Program, servers.Dynamo, "gone", ("ANNOTATIONS_HANDLER", "ReconcileRepository"));

        var answer = await live.InvokeOverHttpAsync("""{"repository":"team/nope"}""");

        answer["outcome"]!.GetValue<string>().ShouldBe("gone");
        answer["done"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Every_log_line_leads_to_the_request_and_to_the_execution_that_asked()
    {
        await using var live = await StartAsync("ReconcileRepository", ("REPOSITORIES", "other/*"));
        var told = await live.InvokeAsync($$"""{"repository":"{{LiveDeployment.App}}","execution":"weekly-1"}""");
        var untold = await live.InvokeAsync($$"""{"repository":"{{LiveDeployment.App}}"}""");

        // Only then is everything here that it wrote.
        await live.TerminateAsync();
        await live.ExitCodeAsync();
        var lines = live.Log.Select(l => JsonNode.Parse(l)!).ToList();

        lines.ShouldAllBe(l => l["repository"]!.GetValue<string>() == LiveDeployment.App);
        lines
            .Select(l => (l["request_id"]!.GetValue<string>(), l["execution"]?.GetValue<string>()))
            .Distinct()
            .ShouldBe([(told.RequestId, "weekly-1"), (untold.RequestId, null)]);
        lines[^1]
            .ShouldSatisfyAllConditions(
                l => l["message"]!.GetValue<string>().ShouldStartWith("Repository reconciled: ignored, done True"),
                l => l["outcome"]!.GetValue<string>().ShouldBe("ignored"),
                l => l["done"]!.GetValue<bool>().ShouldBeTrue(),
                l => l["missing"]!.GetValue<int>().ShouldBe(0));
    }

    Task<LiveDeployment> StartAsync(string function, params (string Name, string Value)[] environment) =>
        LiveDeployment.StartWithoutTableAsync(Program, servers.Dynamo, "unused", [("ANNOTATIONS_HANDLER", function), .. environment]);
}
