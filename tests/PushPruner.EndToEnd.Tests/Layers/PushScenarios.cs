using System.Text.Json.Nodes;
using PushPruner.LocalAws;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Layers;

/// <summary>Push events in, deletions out, through every layer there is.</summary>
public abstract class PushScenarios(Servers servers)
{
    protected abstract FunctionProgram Program { get; }

    [Fact]
    public async Task A_push_prunes_and_the_same_event_again_does_nothing()
    {
        await using var live = await LiveDeployment.StartAsync(Program, servers.Dynamo, "prunes");
        live.HasOldImages(3);
        var pushed = live.Push("new");

        var first = await live.HandleAsync(pushed);
        var again = await live.HandleAsync(pushed);

        first["outcome"]!.GetValue<string>().ShouldBe("pruned");
        first["expired"]![0]!["tags"]![0]!.GetValue<string>().ShouldBe("old-1");
        again["outcome"]!.GetValue<string>().ShouldBe("nothing-expired");
        live.Tags.ShouldBe(["new", "old-2", "old-3"]);
    }

    [Fact]
    public async Task Events_as_EventBridge_delivers_them_are_all_handled()
    {
        await using var live = await LiveDeployment.StartAsync(Program, servers.Dynamo, "delivered");
        live.HasOldImages(3);
        using var rule = live.Function.SubscribeTo(live.Ecr);

        foreach (var tag in (string[])["a", "b", "c"])
            live.Push(tag);
        await live.Function.IdleAsync(TestContext.Current.CancellationToken);

        live.Function.Failures.ShouldBeEmpty();
        live.Tags.ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task Another_region_s_event_is_ignored_and_touches_nothing()
    {
        await using var live = await LiveDeployment.StartAsync(Program, servers.Dynamo, "elsewhere");
        live.HasOldImages(4);
        var evt = live.Push("new").Json.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal);
        live.Ecr.Calls.Clear();

        var answer = JsonNode.Parse((await live.InvokeAsync(evt)).Payload)!;

        answer["why"]!.GetValue<string>().ShouldBe("its region is \"eu-west-1\", not us-east-1");
        live.Ecr.Calls.Count().ShouldBe(0);
    }

    [Fact]
    public async Task A_wiped_table_is_filled_again_and_nothing_is_lost()
    {
        await using var live = await LiveDeployment.StartAsync(Program, servers.Dynamo, "wiped");
        live.HasOldImages(3);
        await live.PushAndHandleAsync("new-1");
        await live.WipeTableAsync();

        var answer = await live.PushAndHandleAsync("new-2");

        answer["resynced"]!.GetValue<bool>().ShouldBeTrue();
        live.Tags.ShouldBe(["new-1", "new-2", "old-3"]);
    }

    [Fact]
    public async Task A_throttled_ECR_is_waited_for()
    {
        await using var live = await LiveDeployment.StartAsync(Program, servers.Dynamo, "throttled");
        live.HasOldImages(3);
        foreach (var operation in (string[])["DescribeImages", "ListTagsForResource", "BatchDeleteImage"])
            live.Ecr.Faults.ThrottleNext(operation);

        var answer = await live.PushAndHandleAsync("new");

        answer["deletedCount"]!.GetValue<int>().ShouldBe(1);
        live.Tags.ShouldBe(["new", "old-2", "old-3"]);
    }

    [Fact]
    public async Task A_table_that_is_gone_fails_the_event_with_the_table_and_the_action_in_the_error()
    {
        await using var live = await LiveDeployment.StartWithoutTableAsync(Program, servers.Dynamo, "missing");
        live.HasOldImages(4);

        live.Function.Send(live.Push("new").Json);
        await live.Function.IdleAsync(TestContext.Current.CancellationToken);

        var failure = live.Function.Failures.ShouldHaveSingleItem();
        failure.Attempts.ShouldBe(3);
        failure.LastError.ShouldContain("missing");
        failure.LastError.ShouldContain("dynamodb:BatchGetItem");
        live.Tags.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_denied_delete_fails_the_event_and_the_next_one_deletes()
    {
        await using var live = await LiveDeployment.StartAsync(Program, servers.Dynamo, "denied");
        live.HasOldImages(3);
        live.Ecr.Faults.DenyNext("BatchDeleteImage");

        var denied = await live.InvokeAsync(live.Push("new").Json);
        denied.FunctionError.ShouldBe("Unhandled");
        denied.Payload.ShouldContain("not authorized");

        (await live.PushAndHandleAsync("newer"))["deletedCount"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Every_push_moves_latest_and_it_is_pruned_like_any_other_repository()
    {
        await using var live = await LiveDeployment.StartAsync(
            Program, servers.Dynamo, "latest", ("PROTECT_TAGS", "latest"), ("KEEP_DAYS", "0"));
        for (var n = 1; n <= 6; n++)
        {
            var image = ManifestFactory.Image($"build-{n}", 1_000);
            var build = live.Ecr.PutImage(image.Put(LiveDeployment.App, $"build-{n}")).Event!;
            var latest = live.Ecr.PutImage(image.Put(LiveDeployment.App, "latest")).Event!;
            await live.HandleAsync(build);
            await live.HandleAsync(latest);
        }

        live.Tags.ShouldBe(["build-4", "build-5", "build-6", "latest"]);
    }

    [Fact]
    public async Task A_multi_arch_image_is_deleted_whole_and_counts_once()
    {
        await using var live = await LiveDeployment.StartAsync(
            Program, servers.Dynamo, "multi-arch", ("KEEP_NEWEST", "1"), ("KEEP_DAYS", "0"));
        List<LocalManifest> manifests = [];
        foreach (var name in (string[])["1.0", "2.0"])
        {
            LocalManifest[] members =
            [
                ManifestFactory.Image($"{name}/amd64"),
                ManifestFactory.Image($"{name}/arm64", platform: "linux/arm64"),
            ];
            var index = ManifestFactory.ManifestList([.. members, ManifestFactory.Attestation(members[0])]);
            var signature = ManifestFactory.Referrer(index);
            PutImageCall[] puts =
            [
                .. members.Select(m => m.Put(LiveDeployment.App)), ManifestFactory.Attestation(members[0]).Put(LiveDeployment.App),
                index.Put(LiveDeployment.App, name), signature.Put(LiveDeployment.App),
            ];
            foreach (var put in puts)
                await live.HandleAsync(live.Ecr.PutImage(put).Event!);
            manifests.Add(index);
        }

        live.Ecr.Images(LiveDeployment.App).Select(i => i.Digest).ShouldContain(manifests[1].Digest);
        live.Ecr.Images(LiveDeployment.App).Count.ShouldBe(5, "two platforms, an attestation, their index and its signature");
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_deleted_and_deletes_nothing()
    {
        await using var live = await LiveDeployment.StartAsync(Program, servers.Dynamo, "dry", ("DRY_RUN", "true"));
        live.HasOldImages(3);

        var answer = await live.PushAndHandleAsync("new");

        answer["outcome"]!.GetValue<string>().ShouldBe("dry-run");
        answer["deletedCount"]!.GetValue<int>().ShouldBe(1);
        live.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
        live.Tags.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Every_log_line_is_JSON_with_the_request_and_the_repository()
    {
        await using var live = await LiveDeployment.StartAsync(Program, servers.Dynamo, "logged");
        live.HasOldImages(3);
        var pushed = live.Push("new");
        var answer = await live.InvokeAsync(pushed.Json);

        var lines = live.Log.Where(l => l.StartsWith('{')).Select(l => JsonNode.Parse(l)!).ToList();

        lines.Count.ShouldBe(live.Log.Count);
        lines.ShouldAllBe(l => l["request_id"]!.GetValue<string>() == answer.RequestId);
        lines.ShouldAllBe(l => l["event_id"]!.GetValue<string>() == pushed.Id);
        lines.ShouldAllBe(l => l["repository"]!.GetValue<string>() == LiveDeployment.App);
        lines
            .Select(l => l["message"]!.GetValue<string>())
            .ShouldContain(m =>
                m.StartsWith("Expired: sha256:", StringComparison.Ordinal)
                && m.EndsWith("rank 3 or more, 40.0 days old", StringComparison.Ordinal));
        lines[^1]["outcome"]!.GetValue<string>().ShouldBe("pruned");
    }

    [Fact]
    public async Task What_fails_is_one_line_of_the_function_s_with_the_keys_and_one_of_the_runtime_s_and_both_are_JSON()
    {
        await using var live = await LiveDeployment.StartAsync(Program, servers.Dynamo, "fails");
        live.HasOldImages(3);
        live.Ecr.Faults.DenyNext("BatchDeleteImage");
        var pushed = live.Push("new");
        var answer = await live.InvokeAsync(pushed.Json);

        await live.TerminateAsync();
        await live.ExitCodeAsync();
        var errors = live.Log.Select(l => JsonNode.Parse(l)!).Where(l => l["level"]!.GetValue<string>() == "Error").ToList();
        errors.Count.ShouldBe(2);
        var own = errors.Single(l => l["message"]!.GetValue<string>().StartsWith("Failed: AmazonECRException, ", StringComparison.Ordinal));
        (own["request_id"]!.GetValue<string>(), own["event_id"]!.GetValue<string>(), own["repository"]!.GetValue<string>()).ShouldBe(
            (answer.RequestId, pushed.Id, LiveDeployment.App));
        var runtime = errors.Single(l => l["requestId"] is not null);
        runtime["requestId"]!.GetValue<string>().ShouldBe(answer.RequestId);
        runtime["message"]!.GetValue<string>().ShouldBeEmpty();
        runtime["errorType"]!.GetValue<string>().ShouldBe("Amazon.ECR.AmazonECRException");
        runtime["errorMessage"]!.GetValue<string>().ShouldContain("not authorized");
        runtime["stackTrace"]!.AsArray().ShouldNotBeEmpty();
        live.Metrics.ShouldHaveSingleItem().Values["PushesFailed"].ShouldBe(1);
    }

    // Then no line of the function's own can be: it is not asked.
    [Fact]
    public async Task An_event_that_the_serializer_refuses_is_a_line_of_the_runtime_s()
    {
        await using var live = await LiveDeployment.StartWithoutTableAsync(Program, servers.Dynamo, "unused");
        var answer = await live.InvokeAsync($$"""{"detail":{{new string('[', 100)}}{{new string(']', 100)}}}""");

        await live.TerminateAsync();
        await live.ExitCodeAsync();
        var line = JsonNode.Parse(live.Log.ShouldHaveSingleItem())!;
        (line["level"]!.GetValue<string>(), line["requestId"]!.GetValue<string>()).ShouldBe(("Error", answer.RequestId));
    }

    [Fact]
    public async Task Each_invocation_writes_what_it_measured_as_one_line_beside_its_log()
    {
        await using var live = await LiveDeployment.StartAsync(Program, servers.Dynamo, "measured", ("STACK_NAME", "pushpruner-prod"));
        live.HasOldImages(3);
        await live.PushAndHandleAsync("new");
        live.Ecr.Faults.ThrottleNext("DescribeImages");
        await live.PushAndHandleAsync("newer");
        await live.PushAndHandleAsync("newest");

        // Only then is everything here that it wrote.
        await live.TerminateAsync();
        await live.ExitCodeAsync();
        live.Metrics.Select(m => m.Values.GetValueOrDefault("ImagesDeleted")).ShouldBe([1, 1, 1]);
        live.Metrics.Select(m => m.Values.GetValueOrDefault("ApiThrottles")).ShouldBe([0, 1, 0]);
        live.Metrics.ShouldAllBe(m => m.Text("Stack") == "pushpruner-prod" && m.Text("repository") == LiveDeployment.App);
    }
}
