using System.Text.Json.Nodes;
using Amazon.ECR;
using PushPruner.EndToEnd.Tests.Template;
using static PushPruner.EndToEnd.Tests.StateMachines.ReconcilingEveryRepositoryTests;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>What is tried again, what isn't, and what that leaves of the rest.</summary>
public sealed class WhatFailsTests(JsonataServer jsonata) : IClassFixture<JsonataServer>
{
    [Fact]
    public async Task One_repository_s_failure_leaves_all_others_to_be_reconciled()
    {
        var functions = new FakeFunctions
        {
            Repositories = Names(70),
            OnRun = (repository, _) =>
                repository == "team/app-9"
                    ? throw new StateError("MalformedRequestException", "no")
                    : Json("""{"deletedCount":2,"outcome":"pruned"}"""),
        };

        var run = await ReconcileAsync(functions);

        functions.Orders.Count.ShouldBe(70);
        run.Output!["failed"]!.ToJsonString().ShouldBe("""{"count":1,"names":["team/app-9"]}""");
        run.Output["deleted"]!.GetValue<int>().ShouldBe(138);
        run.Output["repositories"]!.GetValue<int>().ShouldBe(70);
    }

    [Fact]
    public async Task What_a_repository_s_runs_had_done_before_one_failed_is_counted()
    {
        var functions = App(run =>
            run == 3 ? throw new StateError("SettingException", "no") : Json("""{"done":false,"deletedCount":4,"bytes":9,"images":50}"""));

        var run = await ReconcileAsync(functions);

        run.Output!["failed"]!["count"]!.GetValue<int>().ShouldBe(1);
        run.Output["deleted"]!.GetValue<int>().ShouldBe(8);
        run.Output["bytes"]!.GetValue<int>().ShouldBe(18);
        run.Output["images"]!.GetValue<int>().ShouldBe(50);
    }

    [Fact]
    public async Task What_was_throttled_is_tried_again_after_a_while_and_then_is_fine()
    {
        var functions = App(run =>
            run <= 3 ? throw new StateError("Lambda.TooManyRequestsException", "Rate exceeded") : Json("""{"deletedCount":1}"""));
        var host = new StateMachineHost(jsonata.Evaluator, functions);

        var run = await host.ReconcileAsync();

        run.Output!["failed"]!["count"]!.GetValue<int>().ShouldBe(0);
        run.Output["deleted"]!.GetValue<int>().ShouldBe(1);
        functions.RunsOf("app").ShouldBe(4);
        host.Pages.Single().Waits.ShouldBe([TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90)]);
    }

    [Theory]
    [InlineData("Lambda.TooManyRequestsException", 4)]
    [InlineData("Lambda.ServiceException", 4)]
    [InlineData("ContestedRowException", 3)]
    [InlineData("ContradictoryAnswerException", 3)]
    [InlineData("DeleteUnansweredException", 3)]
    [InlineData("NotVisibleYetException", 3)]
    [InlineData("Sandbox.Timedout", 3)]
    [InlineData("States.Timeout", 3)]
    [InlineData("TimeoutException", 3)]
    [InlineData("HttpIOException", 3)]
    [InlineData("ThrottlingException", 3)]
    [InlineData("AmazonUnmarshallingException", 3)]
    [InlineData("MalformedRequestException", 1)]
    [InlineData("SettingException", 1)]
    [InlineData("Runtime.InvalidEntrypoint", 1)]
    public async Task What_doesn_t_pass_is_given_up_after_as_many_tries_as_make_sense(string error, int tries)
    {
        var functions = App(_ => throw new StateError(error, "always"));

        var run = await ReconcileAsync(functions);

        functions.RunsOf("app").ShouldBe(tries);
        run.Output!["failed"]!.ToJsonString().ShouldBe("""{"count":1,"names":["app"]}""");
    }

    [Fact]
    public async Task A_page_that_fails_whole_is_counted_as_failed_and_the_next_one_is_reconciled()
    {
        var functions = new FakeFunctions { Repositories = Names(120) };
        var host = new StateMachineHost(jsonata.Evaluator, functions);
        host.StartErrors.Enqueue(new StateError("States.TaskFailed", "the history has more than 25000 events"));

        var run = await host.ReconcileAsync();

        functions.Orders.Count.ShouldBe(70);
        run.Output!["repositories"]!.GetValue<int>().ShouldBe(120);
        run.Output["failed"]!["count"]!.GetValue<int>().ShouldBe(50);
        run.Output["failed"]!["names"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBe(functions.Repositories.Take(50));
    }

    [Fact]
    public async Task A_child_whose_data_gets_too_large_fails_its_page_alone()
    {
        var functions = new FakeFunctions
        {
            Repositories = Names(60),
            OnRun = (repository, _) => repository == "team/app-7" ? Json($$"""{"outcome":"{{new string('x', 300_000)}}"}""") : [],
        };

        var run = await ReconcileAsync(functions);

        run.Output!["failed"]!["count"]!.GetValue<int>().ShouldBe(50);
        run.Output["repositories"]!.GetValue<int>().ShouldBe(60);
    }

    [Fact]
    public async Task A_page_that_could_not_be_started_is_started_again()
    {
        var functions = new FakeFunctions { Repositories = Names(3) };
        var host = new StateMachineHost(jsonata.Evaluator, functions);
        host.StartErrors.Enqueue(new StateError("StepFunctions.ExecutionLimitExceededException", "too many"));

        var run = await host.ReconcileAsync();

        run.Output!["failed"]!["count"]!.GetValue<int>().ShouldBe(0);
        run.Waits.ShouldBe([TimeSpan.FromSeconds(10)]);
        functions.Orders.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_listing_that_fails_for_a_while_goes_on()
    {
        var functions = new FakeFunctions
        {
            Repositories = Names(600),
            OnList = call => _ = call is 1 or 3 ? throw new StateError("AmazonECRException", "Rate exceeded") : 0,
        };

        var run = await ReconcileAsync(functions);

        run.Output!["repositories"]!.GetValue<int>().ShouldBe(600);
        functions.Orders.Count.ShouldBe(600);
    }

    [Fact]
    public async Task A_listing_that_fails_for_good_fails_the_execution_and_says_how_far_it_had_come()
    {
        var functions = new FakeFunctions
        {
            Repositories = Names(600),
            OnList = call => _ = call > 1 ? throw new StateError("MalformedRequestException", new string('c', 30_000)) : 0,
        };

        var run = await ReconcileAsync(functions);

        run.Error!.Name.ShouldBe("RepositoriesNotListed");
        run.Error.Cause.ShouldStartWith(
            "ListRepositories failed (MalformedRequestException), so what follows 500 repositories is not reconciled; the log of "
                + "ListRepositories says more: ccc");
        run.Error.Cause.Length.ShouldBeLessThan(3_000);
    }

    [Fact]
    public async Task An_answer_without_repositories_is_no_empty_registry()
    {
        var run = await new StateMachineHost(jsonata.Evaluator, new Empty()).ReconcileAsync();

        run.Error!.Name.ShouldBe("RepositoriesNotListed");
    }

    // A name that is misspelt, or of a type that was renamed, would be passed over in silence.
    [Theory]
    [InlineData("Reconcile")]
    [InlineData("ReconcilePage")]
    public void Each_exception_that_is_tried_again_is_one_that_there_is(string machine)
    {
        var known = new[]
        {
            typeof(Jobs.PushJob),
            typeof(Aws.RegistryHome),
            typeof(AmazonECRClient),
            typeof(Amazon.DynamoDBv2.AmazonDynamoDBClient),
            typeof(Amazon.Runtime.AmazonServiceException),
            typeof(HttpRequestException),
            typeof(object),
        }
            .SelectMany(t => t.Assembly.GetExportedTypes())
            .Where(t => t.IsAssignableTo(typeof(Exception)))
            .Select(t => t.Name)
            .ToHashSet(StringComparer.Ordinal);

        var retried = Retriers(StateMachine.Of(new SamTemplate(), machine).Definition)
            .SelectMany(Retries.Names)
            .Where(name => !name.Contains('.', StringComparison.Ordinal))
            .ToList();

        retried.ShouldNotBeEmpty();
        retried.ShouldNotContain("MalformedRequestException");
        retried.Except(known).ShouldBeEmpty();
    }

    static IEnumerable<JsonNode> Retriers(JsonNode? node) => node switch
    {
        JsonObject o => (o["Retry"]?.AsArray().Select(r => r!) ?? []).Concat(o.SelectMany(p => Retriers(p.Value))),
        JsonArray list => list.SelectMany(Retriers),
        _ => [],
    };

    static FakeFunctions App(Func<int, JsonObject> onRun) => new() { Repositories = ["app"], OnRun = (_, run) => onRun(run) };

    Task<ExecutionResult> ReconcileAsync(FakeFunctions functions) => new StateMachineHost(jsonata.Evaluator, functions).ReconcileAsync();

    sealed class Empty : IFunctions
    {
        public Task<JsonNode> InvokeAsync(string name, JsonObject payload) => Task.FromResult<JsonNode>(new JsonObject());
    }
}
