using System.Text.Json.Nodes;
using PushPruner.EndToEnd.Tests.Template;
using PushPruner.Testing;
using PushPruner.Testing.Programs;
using static PushPruner.EndToEnd.Tests.StateMachines.ReconcilingEveryRepositoryTests;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>What moto makes of the definition, by an interpreter that others wrote: the same end, and the same events on the way.</summary>
public sealed class AnotherInterpreterTests(JsonataServer jsonata) : IClassFixture<JsonataServer>
{
    // The script changes what this version can't do.
    const string Version = "5.2.1";

    static readonly Dictionary<string, JsonObject[]> Answers = new(StringComparer.Ordinal)
    {
        ["team/app-2"] =
        [
            Json(
                """{"outcome":"pruned","images":40,"kept":30,"expiredCount":10,"deletedCount":12,"failedCount":1,"bytes":5000000000,"doubtCount":3,"drift":{"missing":1,"phantom":2,"stale":4}}"""),
        ],
        ["team/app-9"] = [Json("""{"errorType":"MalformedRequestException","errorMessage":"no"}""")],
        ["team/app-10"] = [Json("""{"done":false,"deletedCount":3}""")],
        ["team/app-11"] =
        [
            Json("""{"done":false,"deletedCount":3,"bytes":7}"""),
            Json("""{"done":false,"deletedCount":2}"""),
            Json("""{"deletedCount":1}"""),
        ],
        ["team/app-20"] =
        [
            Json("""{"done":false,"rowsWritten":3,"deferredOverADay":true,"lastingDoubtCount":2}"""),
            Json("""{"overridesMalformed":true,"lastingDoubtCount":1}"""),
        ],
        ["team/app-77"] = [Json("""{"outcome":"halted","expiredCount":900}""")],
        ["team/app-100"] = [Json("""{"done":false,"deletedCount":3}"""), Json("""{"errorType":"SettingException","errorMessage":"no"}""")],
        ["team/app-119"] = [Json("""{"outcome":"dry-run","dryRun":true,"done":false,"deletedCount":3}""")],
    };

    [Theory]
    [InlineData("""{"dryRun":false,"keepDays":7.5}""", 120)]
    [InlineData("{}", 0)]
    [InlineData("""{"dryrun":true,"maxDeletes":0}""", 3)]
    public async Task Comes_to_the_same_end_by_the_same_events(string input, int repositories)
    {
        var functions = new FakeFunctions { Repositories = Names(repositories), NamesAPage = 70, OnRun = AnswerOf };
        var host = new StateMachineHost(jsonata.Evaluator, functions);

        var ours = await host.ReconcileAsync(input);
        var theirs = await ExecuteAsync(input, functions);

        JsonNode
            .DeepEquals(theirs["output"], ours.Output)
            .ShouldBeTrue($"{theirs["output"]?.ToJsonString()}, and here {ours.Output?.ToJsonString()}");
        theirs["error"]?.GetValue<string>().ShouldBe(ours.Error?.Name);
        theirs["cause"]?.GetValue<string>().ShouldBe(ours.Error?.Cause);
        Counts(theirs["events"]!).ShouldBe(Counts(ours.History), ignoreOrder: true);
        theirs["pages"]!
            .AsArray()
            .Select(page => string.Join(", ", Counts(page!)))
            .ShouldBe(host.Pages.Select(page => string.Join(", ", Counts(page.History))), ignoreOrder: true);
    }

    static async Task<JsonNode> ExecuteAsync(string input, FakeFunctions functions)
    {
        var looked = await Command.RunAsync("python3", ["-c", "import moto, antlr4; print(moto.__version__)"]);
        Assert.SkipUnless(looked?.Output.Trim() == Version, $"python3 has no moto {Version}: pip install 'moto[stepfunctions]=={Version}'");

        var template = new SamTemplate();
        var scenario = new JsonObject
        {
            ["input"] = JsonNode.Parse(input),
            ["namesAPage"] = functions.NamesAPage,
            ["repositories"] = new JsonArray([.. functions.Repositories.Select(name => JsonValue.Create(name))]),
            ["finished"] = FakeFunctions.Finished("any"),
            ["answers"] = new JsonObject(
                Answers.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)new JsonArray([.. a.Value.Select(run => run.DeepClone())])))),
            ["definitions"] = new JsonObject(
                new[] { "ReconcilePage", "Reconcile" }.Select(m =>
                    KeyValuePair.Create(m, (JsonNode?)StateMachine.Of(template, m).Definition))),
        };
        var script = Path.Combine(Path.GetDirectoryName(SamTemplate.Path)!, "execute.py");
        var evaluator = await NpmInstallation.EnsureAsync("jsonata", TestContext.Current.CancellationToken);
        var ran = await Command.RunWithInputAsync("python3", [script, evaluator], scenario.ToJsonString());
        ran!.ExitCode.ShouldBe(0, ran.Error);
        return JsonNode.Parse(ran.Output)!;
    }

    static JsonObject AnswerOf(string repository, int run)
    {
        if (!Answers.TryGetValue(repository, out var answers))
            return [];

        var answer = answers[Math.Min(run, answers.Length) - 1];
        return answer["errorType"] is { } error ? throw new StateError(error.GetValue<string>(), answer.ToJsonString()) : answer;
    }

    static IEnumerable<string> Counts(JsonNode events) => events.AsObject().Select(e => $"{e.Key} {e.Value}").Order(StringComparer.Ordinal);

    static IEnumerable<string> Counts(History history) => history.Counts.Select(e => $"{e.Key} {e.Value}").Order(StringComparer.Ordinal);
}
