using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using PushPruner.EndToEnd.Tests.Template;
using PushPruner.Testing.StepFunctions;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>The two state machines of a stack, with their functions served by <paramref name="functions"/>.</summary>
/// <param name="parameters">The stack's, beside the defaults.</param>
sealed class StateMachineHost(JsonataEvaluator jsonata, IFunctions functions, params (string Name, string Value)[] parameters) : IResources
{
    readonly SamTemplate template = new(parameters);
    readonly ConcurrentQueue<ExecutionResult> pages = new();

    /// <summary>The executions of ReconcilePage.</summary>
    public IReadOnlyList<ExecutionResult> Pages => [.. pages];

    /// <summary>Why an execution of ReconcilePage can't be started; for a time.</summary>
    public Queue<StateError> StartErrors { get; } = new();

    public Task<ExecutionResult> ReconcileAsync(string input = "{}") => RunAsync("Reconcile", JsonNode.Parse(input));

    public Task<ExecutionResult> RunAsync(string machine, JsonNode? input) =>
        Execution.RunAsync(StateMachine.Of(template, machine), input, jsonata, this);

    public Task<JsonNode> CallAsync(string resource, JsonNode arguments, History history) => resource switch
    {
        "arn:aws:states:::lambda:invoke" => InvokeAsync(arguments),
        "arn:aws:states:::states:startExecution.sync:2" => StartAndWaitAsync(arguments, history),
        _ => throw new NotSupportedException(resource),
    };

    async Task<JsonNode> InvokeAsync(JsonNode arguments)
    {
        Only(arguments, "FunctionName", "Payload");
        var name = new[] { "ListRepositories", "ReconcileRepository" }.Single(f =>
            arguments["FunctionName"]!.GetValue<string>() == StateMachine.FunctionArn(f));
        return new JsonObject
        {
            ["ExecutedVersion"] = "$LATEST",
            ["Payload"] = await functions.InvokeAsync(name, arguments["Payload"]!.AsObject()),
            ["SdkHttpMetadata"] = new JsonObject
            {
                ["AllHttpHeaders"] = new JsonObject { ["room for"] = new string('h', 2_000) },
                ["HttpStatusCode"] = 200,
            },
            ["SdkResponseMetadata"] = new JsonObject { ["RequestId"] = "one" },
            ["StatusCode"] = 200,
        };
    }

    async Task<JsonNode> StartAndWaitAsync(JsonNode arguments, History history)
    {
        Only(arguments, "StateMachineArn", "Input");
        arguments["StateMachineArn"]!.GetValue<string>().ShouldBe(StateMachine.Arn("ReconcilePage"));
        if (StartErrors.TryDequeue(out var error))
            throw error;

        history.Add("TaskSubmitted");
        var run = await RunAsync("ReconcilePage", arguments["Input"]!.DeepClone());
        pages.Enqueue(run);
        var told = new JsonObject
        {
            ["ExecutionArn"] = "arn:aws:states:us-east-1:123456789012:execution:ReconcilePage:one",
            ["Input"] = run.Input!.DeepClone(),
            ["InputDetails"] = new JsonObject { ["Included"] = true },
            ["Name"] = "one",
            ["StateMachineArn"] = StateMachine.Arn("ReconcilePage"),
            ["Status"] = run.Succeeded ? "SUCCEEDED" : "FAILED",
        };
        if (run.Error is { } failure)
        {
            throw new StateError(
                "States.TaskFailed",
                new JsonObject([
                    .. told.Select(t => KeyValuePair.Create(t.Key, t.Value?.DeepClone())),
                    .. failure.Output.Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone())),
                ]).ToJsonString());
        }

        told["Output"] = run.Output!.DeepClone();
        return told;
    }

    static void Only(JsonNode arguments, params string[] fields) =>
        arguments.AsObject().Select(a => a.Key).ShouldBe(fields, ignoreOrder: true);
}
