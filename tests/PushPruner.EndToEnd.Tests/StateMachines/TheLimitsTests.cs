using System.Globalization;
using System.Text.Json.Nodes;
using PushPruner.EndToEnd.Tests.Template;
using static PushPruner.EndToEnd.Tests.StateMachines.ReconcilingEveryRepositoryTests;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>
/// Step Functions ends an execution at 25,000 events and at 256 KB in a state, and no Catch helps. The interpreter counts both and fails as
/// it does; the worst that can happen is played with the longest names.
/// </summary>
public sealed class TheLimitsTests(JsonataServer jsonata) : IClassFixture<JsonataServer>
{
    const int LongestName = 256;

    // An answer may have 32 KB.
    static readonly string Padding = new('x', 31_000);

    [Fact]
    public async Task A_page_of_which_each_repository_takes_all_runs_and_all_retries_there_can_be_stays_within_them()
    {
        var each = new AllRetries(StateMachine.Of(new SamTemplate(), "ReconcilePage"));
        var functions = new FakeFunctions { Repositories = Names(50, LongestName), OnRun = each.Answer };
        var host = new StateMachineHost(jsonata.Evaluator, functions);

        var run = await host.ReconcileAsync();

        run.Output!["unfinished"]!["count"]!.GetValue<int>().ShouldBe(50, "each has had its twenty runs");
        var page = host.Pages.Single();
        page.History.CountOf("TaskFailed").ShouldBe(50 * 20 * each.Retries);
        page.History.CountOf("TaskSucceeded").ShouldBe(50 * 20);
        page.History.Events.ShouldBeLessThan(History.MostEvents);
        page.History.LargestBytes.ShouldBeLessThan(History.MostBytes / 4, page.History.LargestOf);
        Report("one page at its worst", page.History);

        // And is not far from filling the room there is: smaller pages would only make more of them.
        page.History.Events.ShouldBeGreaterThan(History.MostEvents * 3 / 4);
    }

    [Theory]
    [InlineData(LongestName)]
    [InlineData(0)]
    public async Task Ten_thousand_repositories_stay_within_them_whatever_becomes_of_them(int length)
    {
        var ways = new[]
        {
            """{"outcome":"halted"}""",
            """{"done":false}""",
            null,
            """{"outcome":"pruned","deletedCount":2147483647,"bytes":9007199254740991}""",
        };
        var functions = new FakeFunctions
        {
            Repositories = Names(10_000, length),
            OnRun = (repository, _) =>
                ways[int.Parse(repository.TrimEnd('x')["team/app-".Length..], CultureInfo.InvariantCulture) % 4] is { } way
                    ? Large(way)
                    : throw new StateError("SettingException", Padding),
        };
        var host = new StateMachineHost(jsonata.Evaluator, functions);

        var run = await host.ReconcileAsync("""{"dryRun":true,"maxDeletes":100000,"keepNewest":1000,"keepDays":36499.999999}""");

        run.Error.ShouldBeNull();
        foreach (var total in new[] { "halted", "unfinished", "failed" })
        {
            run.Output![total]!["count"]!.GetValue<int>().ShouldBe(2_500);
            run.Output[total]!["names"]!.AsArray().Count.ShouldBe(100);
        }

        Report("the parent", run.History);
        Report("its largest page", host.Pages.MaxBy(page => page.History.LargestBytes)!.History);

        // With each list and each page retried as often as can be.
        var worst =
            run.History.Events
            + (
                3
                * (
                    (run.History.CountOf("TaskSubmitted") * MostRetries("ReconcilePage"))
                    + (functions.Lists * MostRetries("ListRepositories"))));
        worst.ShouldBeLessThan(History.MostEvents);
        run.History.LargestBytes.ShouldBeLessThan(History.MostBytes / 2, run.History.LargestOf);
        host.Pages.Max(page => page.History.LargestBytes).ShouldBeLessThan(History.MostBytes / 4);
    }

    [Fact]
    public async Task Pages_that_all_fail_whole_stay_within_them()
    {
        var functions = new FakeFunctions
        {
            Repositories = Names(2_000, LongestName), OnRun = (_, _) => Json($$"""{"outcome":"{{new string('x', 300_000)}}"}"""),
        };

        var run = await new StateMachineHost(jsonata.Evaluator, functions).ReconcileAsync();

        run.Output!["failed"]!["count"]!.GetValue<int>().ShouldBe(2_000);
        run.History.LargestBytes.ShouldBeLessThan(History.MostBytes / 2, run.History.LargestOf);
    }

    [Fact]
    public async Task What_would_be_too_much_fails_here_as_it_does_there()
    {
        var functions = new FakeFunctions { Repositories = Names(60), OnRun = (_, _) => Json("""{"done":false,"deletedCount":1}""") };
        var host = new StateMachineHost(jsonata.Evaluator, functions);
        var repositories = new JsonArray([.. Names(200).Select(n => JsonValue.Create(n))]);

        var run = await host.RunAsync(
            "ReconcilePage",
            new JsonObject
            {
                ["repositories"] = repositories,
                ["overrides"] = new JsonObject(),
                ["AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID"] = "one",
            });

        run.Error!.Name.ShouldBe("States.Runtime");
    }

    static JsonObject Large(string way)
    {
        var answer = Json(way);
        answer["deleted"] = new JsonArray(Padding);
        return answer;
    }

    static int MostRetries(string state) => Total(StateMachine.Of(new SamTemplate(), "Reconcile").Definition["States"]![state]!);

    static int Total(JsonNode state) => state["Retry"]!.AsArray().Sum(r => (int)r!["MaxAttempts"]!.GetValue<long>());

    static void Report(string what, History history) =>
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{what}: {history.Events} events, {history.LargestBytes} bytes at most ({history.LargestOf})");

    /// <summary>Fails each run with every error that is retried, as often as it is, before it lets it succeed without being done.</summary>
    sealed class AllRetries(StateMachine machine)
    {
        readonly string[] errors =
        [
            .. machine.Definition["States"]!["EachRepository"]!["ItemProcessor"]!["States"]!["ReconcileRepository"]!["Retry"]!
                .AsArray()
                .SelectMany(r => Enumerable.Repeat(StateMachines.Retries.Names(r!).First(), (int)r!["MaxAttempts"]!.GetValue<long>())),
        ];

        public int Retries => errors.Length;

        public JsonObject Answer(string repository, int attempt) => (attempt - 1) % (errors.Length + 1) is var at && at < errors.Length
            ? throw new StateError(errors[at], Padding)
            : Large("""{"outcome":"pruned","done":false,"deletedCount":1}""");
    }
}
