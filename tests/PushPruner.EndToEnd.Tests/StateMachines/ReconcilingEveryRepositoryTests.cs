using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>What an execution of Reconcile does with pages, runs and overrides.</summary>
public sealed class ReconcilingEveryRepositoryTests(JsonataServer jsonata) : IClassFixture<JsonataServer>
{
    [Fact]
    public async Task An_empty_registry_is_reconciled_at_once()
    {
        var functions = new FakeFunctions();

        var run = await ReconcileAsync(functions);

        functions.Lists.ShouldBe(1);
        run.Output!.ToJsonString()
            .ShouldBe(
                """
                {"repositories":0,"images":0,"kept":0,"expired":0,"deleted":0,"refused":0,"bytes":0,"doubtful":0,"doubtLasting":0,"malformed":0,"deferred":0,"dryRuns":0,"drift":{"missing":0,"phantom":0,"stale":0},"halted":{"count":0,"names":[]},"failed":{"count":0,"names":[]},"unfinished":{"count":0,"names":[]}}
                """);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(50, 1, 1)]
    [InlineData(51, 2, 1)]
    [InlineData(500, 10, 1)]
    [InlineData(1_203, 25, 3)]
    public async Task Every_repository_has_one_run_however_many_pages_that_takes(int repositories, int pages, int lists)
    {
        var functions = new FakeFunctions { Repositories = Names(repositories) };
        var host = new StateMachineHost(jsonata.Evaluator, functions);

        var run = await host.ReconcileAsync();

        run.Output!["repositories"]!.GetValue<int>().ShouldBe(repositories);
        functions.Orders.Select(o => o["repository"]!.GetValue<string>()).ShouldBe(functions.Repositories, ignoreOrder: true);
        functions.Lists.ShouldBe(lists);
        host.Pages.Count.ShouldBe(pages);
    }

    [Fact]
    public async Task A_page_that_the_filter_left_empty_is_no_end()
    {
        var functions = new EmptyPageFirst(new FakeFunctions { Repositories = Names(3) });

        var run = await new StateMachineHost(jsonata.Evaluator, functions).ReconcileAsync();

        run.Output!["repositories"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task The_totals_are_the_sums_over_all_pages()
    {
        var functions = new FakeFunctions
        {
            Repositories = Names(120),
            OnRun = (_, _) => Json(
                """
                {"outcome":"pruned","dryRun":true,"images":10,"kept":7,"expiredCount":3,"deletedCount":4,"failedCount":1,"bytes":5000000000,"doubtCount":2,"drift":{"missing":5,"phantom":6,"stale":8},
                 "lastingDoubtCount":1,"overridesMalformed":true,"deferredOverADay":true}
                """),
        };

        var run = await ReconcileAsync(functions);

        run.Output!.ToJsonString()
            .ShouldBe(
                """
                {"repositories":120,"images":1200,"kept":840,"expired":360,"deleted":480,"refused":120,"bytes":600000000000,"doubtful":240,"doubtLasting":120,"malformed":120,"deferred":120,"dryRuns":120,"drift":{"missing":600,"phantom":720,"stale":960},"halted":{"count":0,"names":[]},"failed":{"count":0,"names":[]},"unfinished":{"count":0,"names":[]}}
                """);
    }

    [Fact]
    public async Task Overrides_reach_every_run_and_nothing_else_does()
    {
        var functions = new FakeFunctions { Repositories = Names(60) };

        await ReconcileAsync(
            functions,
            """{"dryRun":true,"maxDeletes":5000,"asOf":"2020-01-01T00:00:00Z","policy":"3f9a1c","keepNewest":3,"keepDays":7.5}""");

        functions.Orders.Count.ShouldBe(60);
        foreach (var order in functions.Orders)
        {
            order
                .Select(f => f.Key)
                .ShouldBe(["dryRun", "maxDeletes", "asOf", "policy", "keepNewest", "keepDays", "repository", "execution", "run"]);
            order["dryRun"]!.GetValue<bool>().ShouldBeTrue();
            order["maxDeletes"]!.GetValue<int>().ShouldBe(5000);
            order["asOf"]!.GetValue<string>().ShouldBe("2020-01-01T00:00:00Z");
            order["policy"]!.GetValue<string>().ShouldBe("3f9a1c");
            order["keepNewest"]!.GetValue<int>().ShouldBe(3);
            order["keepDays"]!.GetValue<double>().ShouldBe(7.5);
            order["execution"]!.GetValue<string>().ShouldContain(":execution:Reconcile:");
        }
    }

    [Fact]
    public async Task As_many_repositories_as_the_stack_says_are_looked_at_at_once()
    {
        var begun = 0;
        var seven = new TaskCompletionSource();
        var functions = new FakeFunctions
        {
            Repositories = Names(20),
            Meanwhile = () =>
            {
                if (Interlocked.Increment(ref begun) == 7)
                    seven.SetResult();
                return seven.Task.WaitAsync(TestContext.Current.CancellationToken);
            },
        };
        var host = new StateMachineHost(jsonata.Evaluator, functions, ("ReconcileConcurrency", "7"));

        await host.ReconcileAsync();

        host.Pages.Single().History.MostIterations.ShouldBe(7);
    }

    Task<ExecutionResult> ReconcileAsync(FakeFunctions functions, string input = "{}") =>
        new StateMachineHost(jsonata.Evaluator, functions).ReconcileAsync(input);

    internal static List<string> Names(int count, int length = 0) =>
        [.. Enumerable.Range(1, count).Select(n => $"team/app-{n}").Select(name => name.PadRight(Math.Max(length, name.Length), 'x'))];

    internal static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    sealed class EmptyPageFirst(FakeFunctions functions) : IFunctions
    {
        public async Task<JsonNode> InvokeAsync(string name, JsonObject payload)
        {
            if (name == "ListRepositories" && payload["nextToken"] is null)
                return Json("""{"repositories":[],"nextToken":"0"}""");
            return await functions.InvokeAsync(name, payload);
        }
    }
}
