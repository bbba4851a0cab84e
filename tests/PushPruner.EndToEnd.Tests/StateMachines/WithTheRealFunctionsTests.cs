using System.Text.Json.Nodes;
using PushPruner.LocalAws;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>The definition and the functions together, down to ECR and DynamoDB.</summary>
public sealed class WithTheRealFunctionsTests(Servers servers, JsonataServer jsonata) : IClassFixture<Servers>, IClassFixture<JsonataServer>
{
    [Fact]
    public async Task A_registry_is_reconciled_and_the_second_time_there_is_nothing_to_do()
    {
        await using var live = await LiveFunctions.StartAsync(servers.Dynamo, "reconciled-twice");
        for (var n = 1; n <= 60; n++)
            live.HasRepository($"team/app-{n}", images: 5);

        var first = await ReconcileAsync(live);
        var second = await ReconcileAsync(live);

        first
            .ToJsonString()
            .ShouldBe(
                """
                {"repositories":60,"images":300,"kept":180,"expired":120,"deleted":120,"refused":0,"bytes":120000,"doubtful":0,"doubtLasting":0,"malformed":0,"deferred":0,"dryRuns":0,"drift":{"missing":180,"phantom":0,"stale":0},"halted":{"count":0,"names":[]},"failed":{"count":0,"names":[]},"unfinished":{"count":0,"names":[]}}
                """);
        second
            .ToJsonString()
            .ShouldBe(
                """
                {"repositories":60,"images":180,"kept":180,"expired":0,"deleted":0,"refused":0,"bytes":0,"doubtful":0,"doubtLasting":0,"malformed":0,"deferred":0,"dryRuns":0,"drift":{"missing":0,"phantom":0,"stale":0},"halted":{"count":0,"names":[]},"failed":{"count":0,"names":[]},"unfinished":{"count":0,"names":[]}}
                """);
        live.Ecr.Images("team/app-60").SelectMany(i => i.Tags).Order().ShouldBe(["old-3", "old-4", "old-5"]);
    }

    [Fact]
    public async Task A_dry_run_and_a_halt_delete_nothing_and_an_override_lets_it_through()
    {
        await using var live = await LiveFunctions.StartAsync(servers.Dynamo, "reconciled-by-order", null, ("MAX_DELETES", "2"));
        live.HasRepository("few", images: 5);
        live.HasRepository("many", images: 9);

        var tried = await ReconcileAsync(live, """{"dryRun":true,"maxDeletes":6}""");
        var halted = await ReconcileAsync(live);
        var approved = await ReconcileAsync(live, """{"maxDeletes":6}""");

        tried["dryRuns"]!.GetValue<int>().ShouldBe(2);
        tried["deleted"]!.GetValue<int>().ShouldBe(8);
        halted["halted"]!.ToJsonString().ShouldBe("""{"count":1,"names":["many"]}""");
        halted["deleted"]!.GetValue<int>().ShouldBe(2);
        approved["halted"]!["count"]!.GetValue<int>().ShouldBe(0);
        approved["deleted"]!.GetValue<int>().ShouldBe(6);
    }

    [Fact]
    public async Task What_ECR_denies_for_one_repository_is_tried_again_and_named_and_the_others_are_reconciled()
    {
        await using var live = await LiveFunctions.StartAsync(servers.Dynamo, "reconciled-but-one");
        foreach (var name in new[] { "app", "denied", "web" })
            live.HasRepository(name, images: 5);
        live.Ecr.Faults.OnCall(call => call.Repository == "denied" ? Fault.AccessDenied : null);

        var totals = await ReconcileAsync(live);

        totals["failed"]!.ToJsonString().ShouldBe("""{"count":1,"names":["denied"]}""");
        totals["deleted"]!.GetValue<int>().ShouldBe(4);
        live.Ecr.Images("denied").Count.ShouldBe(5);
        live.Ecr.Calls.All.Count(call => call is { Repository: "denied", Operation: "DescribeImages" }).ShouldBe(3);
    }

    async Task<JsonNode> ReconcileAsync(LiveFunctions live, string input = "{}")
    {
        var run = await new StateMachineHost(jsonata.Evaluator, live).ReconcileAsync(input);
        run.Error.ShouldBeNull();
        return run.Output!;
    }
}
