using System.Text.Json.Nodes;
using PushPruner.Jobs;
using PushPruner.Lambda.Requests;
using static PushPruner.EndToEnd.Tests.StateMachines.ReconcilingEveryRepositoryTests;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>A repository that one run can't finish is run again, while that helps.</summary>
public sealed class RunsThatAreNotDoneTests(JsonataServer jsonata) : IClassFixture<JsonataServer>
{
    [Fact]
    public async Task Runs_continue_until_one_is_done_and_their_deletes_add_up()
    {
        var functions = App(
            (_, run) => Json(
                $$$"""
                {"outcome":"pruned","done":{{{(run == 4 ? "true" : "false")}}},"images":{{{1_000
                    - (run * 100)}}},"kept":500,"expiredCount":{{{500 - (run * 100)}}},
                 "deletedCount":100,"failedCount":{{{4 - run}}},"doubtCount":{{{10 - run}}},"bytes":1000,"drift":{"missing":{{{40
                    / run}}},"phantom":0,"stale":{{{run}}}}}
                """));

        var totals = await TotalsAsync(functions);

        functions.RunsOf("app").ShouldBe(4);
        totals["images"]!.GetValue<int>().ShouldBe(900);
        totals["kept"]!.GetValue<int>().ShouldBe(500);
        totals["expired"]!.GetValue<int>().ShouldBe(400);
        totals["deleted"]!.GetValue<int>().ShouldBe(400);
        totals["refused"]!.GetValue<int>().ShouldBe(0);
        totals["bytes"]!.GetValue<int>().ShouldBe(4_000);
        totals["doubtful"]!.GetValue<int>().ShouldBe(6);
        totals["drift"]!.ToJsonString().ShouldBe("""{"missing":83,"phantom":0,"stale":10}""");
        totals["unfinished"]!["count"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task After_twenty_the_repository_counts_as_unfinished()
    {
        var functions = App((_, _) => Json("""{"outcome":"pruned","done":false,"deletedCount":1}"""));

        var totals = await TotalsAsync(functions);

        functions.RunsOf("app").ShouldBe(20);
        totals["unfinished"]!.ToJsonString().ShouldBe("""{"count":1,"names":["app"]}""");
        totals["deleted"]!.GetValue<int>().ShouldBe(20);
    }

    [Fact]
    public async Task One_that_is_done_at_the_twentieth_run_is_finished()
    {
        var functions = App((_, run) => Json($$"""{"outcome":"pruned","done":{{(run == 20 ? "true" : "false")}},"deletedCount":1}"""));

        var totals = await TotalsAsync(functions);

        functions.RunsOf("app").ShouldBe(20);
        totals["unfinished"]!["count"]!.GetValue<int>().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"done":false,"deletedCount":0}""")]
    [InlineData("""{"done":false,"deletedCount":7,"dryRun":true,"outcome":"dry-run"}""")]
    public async Task Without_progress_which_a_dry_run_never_makes_there_is_no_other_run(string answer)
    {
        var functions = App((_, run) => run == 1 ? Json("""{"done":false,"deletedCount":5}""") : Json(answer));

        var totals = await TotalsAsync(functions);

        functions.RunsOf("app").ShouldBe(2);
        totals["unfinished"]!.ToJsonString().ShouldBe("""{"count":1,"names":["app"]}""");
    }

    [Fact]
    public async Task Rows_that_were_written_are_progress_also_in_a_dry_run()
    {
        var functions = App(
            (_, run) => Json(
                $$"""{"outcome":"deferred","dryRun":true,"done":{{(run == 3 ? "true" : "false")}},"rowsWritten":{{(run == 3 ? 0 : 500)}}}"""));

        var totals = await TotalsAsync(functions);

        functions.RunsOf("app").ShouldBe(3);
        totals["unfinished"]!["count"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Each_run_gets_its_number_from_1_to_20()
    {
        var functions = App((_, _) => Json("""{"done":false,"rowsWritten":1}"""));

        await TotalsAsync(functions);

        functions.Orders.Select(o => o["run"]!.GetValue<int>()).ShouldBe(Enumerable.Range(1, 20));
    }

    [Fact]
    public async Task A_deferral_that_the_first_run_met_and_a_tag_that_the_last_one_could_not_read_are_counted()
    {
        var functions = App((_, run) => run == 1
            ? Json("""{"done":false,"rowsWritten":9,"deferredOverADay":true,"overridesMalformed":false,"lastingDoubtCount":7}""")
            : Json("""{"outcome":"ignored","overridesMalformed":true,"lastingDoubtCount":2}"""));

        var totals = await TotalsAsync(functions);

        totals["deferred"]!.GetValue<int>().ShouldBe(1);
        totals["malformed"]!.GetValue<int>().ShouldBe(1);
        totals["doubtLasting"]!.GetValue<int>().ShouldBe(2);
    }

    // The function counts RepositoriesUnfinished, the definition decides what is run again: they have to agree.
    [Theory]
    [InlineData("pruned", 1, 0, false)]
    [InlineData("pruned", 0, 1, false)]
    [InlineData("dry-run", 1, 0, true)]
    [InlineData("dry-run", 0, 1, true)]
    [InlineData("deferred", 0, 0, false)]
    [InlineData("halted", 0, 0, false)]
    public async Task The_function_counts_as_unfinished_what_the_definition_gives_up(string outcome, int deleted, int rows, bool dryRun)
    {
        var functions = App(
            (_, _) => Json(
                $$"""{"outcome":"{{outcome}}","done":false,"deletedCount":{{deleted}},"rowsWritten":{{rows}},"dryRun":{{(dryRun ? "true" : "false")}}}"""));
        var result = new ReconcileResult
        {
            Outcome = outcome, Done = false, DeletedCount = deleted, RowsWritten = rows, DryRun = dryRun,
        };

        var totals = await TotalsAsync(functions);

        var counted = Enumerable.Range(1, functions.RunsOf("app")).Select(run => RepeatedRuns.AreGivenUp(result, run)).ToList();
        counted.Count(isGivenUp => isGivenUp).ShouldBe(totals["unfinished"]!["count"]!.GetValue<int>());
        counted.SkipLast(1).ShouldAllBe(isGivenUp => !isGivenUp);
    }

    [Fact]
    public async Task A_halted_one_is_named_and_not_run_again()
    {
        var functions = new FakeFunctions
        {
            Repositories = ["one", "two", "three"],
            OnRun = (repository, _) => repository == "two" ? Json("""{"outcome":"halted","expiredCount":900}""") : [],
        };

        var totals = await TotalsAsync(functions);

        functions.Orders.Count.ShouldBe(3);
        totals["halted"]!.ToJsonString().ShouldBe("""{"count":1,"names":["two"]}""");
        totals["expired"]!.GetValue<int>().ShouldBe(900);
    }

    [Theory]
    [InlineData("halted", """{"outcome":"halted"}""")]
    [InlineData("unfinished", """{"done":false}""")]
    [InlineData("failed", null)]
    public async Task Of_many_names_the_first_hundred_are_given_and_all_are_counted(string total, string? answer)
    {
        var functions = new FakeFunctions
        {
            Repositories = Names(237),
            OnRun = (_, _) => answer is null ? throw new StateError("SettingException", "KEEP_DAYS is 30d") : Json(answer),
        };

        var totals = await TotalsAsync(functions);

        totals[total]!["count"]!.GetValue<int>().ShouldBe(237);
        totals[total]!["names"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBe(functions.Repositories.Take(100));
        totals["repositories"]!.GetValue<int>().ShouldBe(237);
    }

    static FakeFunctions App(Func<string, int, JsonObject> onRun) => new() { Repositories = ["app"], OnRun = onRun };

    async Task<JsonNode> TotalsAsync(FakeFunctions functions)
    {
        var run = await new StateMachineHost(jsonata.Evaluator, functions).ReconcileAsync();
        run.Error.ShouldBeNull();
        return run.Output!;
    }
}
