using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using PushPruner.Testing.StepFunctions;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>
/// Executes a definition as Step Functions does, as far as ours go: JSONata, variables, retries, catches, inline maps, and the limits on
/// events and bytes. What is waited for is noted and not waited for.
/// </summary>
sealed class Execution
{
    readonly StateMachine machine;
    readonly JsonataEvaluator jsonata;
    readonly IResources resources;
    readonly History history = new();
    readonly ConcurrentQueue<TimeSpan> waits = new();

    Execution(StateMachine machine, JsonataEvaluator jsonata, IResources resources)
    {
        this.machine = machine;
        this.jsonata = jsonata;
        this.resources = resources;
    }

    public static async Task<ExecutionResult> RunAsync(
        StateMachine machine, JsonNode? input, JsonataEvaluator jsonata, IResources resources)
    {
        var execution = new Execution(machine, jsonata, resources);
        var result = new ExecutionResult(machine.Name, input, execution.history, []);
        var context = new JsonObject
        {
            ["Execution"] = new JsonObject
            {
                ["Id"] = $"arn:aws:states:us-east-1:123456789012:execution:{machine.Name}:one",
                ["Input"] = input?.DeepClone(),
            },
        };
        try
        {
            execution.history.Add("ExecutionStarted");
            var output = await execution.RunAsync(machine.Definition, input, new Scope(null, context));
            execution.history.Add("ExecutionSucceeded");
            return result with { Output = execution.history.Carry("the execution's output", output), Waits = [.. execution.waits] };
        }
        catch (StateError error)
        {
            // At the limit there is no room for this one either.
            if (!error.IsTerminal)
                execution.history.Add("ExecutionFailed");
            return result with { Error = error, Waits = [.. execution.waits] };
        }
    }

    async Task<JsonNode?> RunAsync(JsonNode container, JsonNode? input, Scope scope)
    {
        var name = container["StartAt"]!.GetValue<string>();
        while (true)
        {
            var state = container["States"]![name]!;
            var type = state["Type"]!.GetValue<string>();
            history.Carry($"the input of {name}", input);
            history.Add($"{type}StateEntered");
            var (output, next) = type switch
            {
                "Pass" => await FinishAsync(name, state, scope, [("input", input)], input),
                "Choice" => (input, await ChooseAsync(name, state, input, scope)),
                "Task" => await CallAsync(name, state, input, scope),
                "Map" => await MapAsync(name, state, input, scope),
                "Succeed" => await FinishAsync(name, state, scope, [("input", input)], input),
                "Fail" => throw await FailAsync(name, state, input, scope),
                _ => throw new NotSupportedException(type),
            };
            history.Carry($"the output of {name}", output);
            history.Add($"{type}StateExited");
            if (next is null)
                return output;
            (name, input) = (next, output);
        }
    }

    async Task<string?> ChooseAsync(string name, JsonNode state, JsonNode? input, Scope scope)
    {
        foreach (var choice in state["Choices"]!.AsArray())
        {
            var holds = await EvaluateAsync(choice!["Condition"], scope, ("input", input));
            if (holds is not JsonValue value || !value.TryGetValue<bool>(out var truth))
            {
                throw new StateError(
                    "States.QueryEvaluationError", $"a condition of {name} is {holds?.ToJsonString()}, neither true nor false");
            }

            if (truth)
                return choice["Next"]!.GetValue<string>();
        }

        return state["Default"]!.GetValue<string>();
    }

    async Task<(JsonNode? Output, string? Next)> CallAsync(string name, JsonNode state, JsonNode? input, Scope scope)
    {
        var retries = new Retries(state);
        while (true)
        {
            try
            {
                var arguments = history.Carry($"the arguments of {name}", await EvaluateAsync(state["Arguments"], scope, ("input", input)));
                var result = await AttemptAsync(state["Resource"]!.GetValue<string>(), arguments!);
                history.Carry($"the result of {name}", result);
                return await FinishAsync(name, state, scope, [("input", input), ("result", result)], result);
            }
            catch (StateError error)
            {
                if (retries.Next(error) is { } wait)
                {
                    waits.Enqueue(wait);
                }
                else if (
                    !error.IsTerminal && state["Catch"]?.AsArray().FirstOrDefault(c => error.IsOneOf(Retries.Names(c!))) is { } catcher)
                {
                    return await FinishAsync(name, catcher, scope, [("input", input), ("errorOutput", error.Output)], error.Output);
                }
                else
                {
                    throw;
                }
            }
        }
    }

    async Task<JsonNode> AttemptAsync(string resource, JsonNode arguments)
    {
        history.Add("TaskScheduled", "TaskStarted");
        try
        {
            var result = await resources.CallAsync(resource, arguments, history);
            history.Add("TaskSucceeded");
            return result;
        }
        catch (StateError)
        {
            history.Add("TaskFailed");
            throw;
        }
    }

    async Task<(JsonNode? Output, string? Next)> MapAsync(string name, JsonNode state, JsonNode? input, Scope scope)
    {
        var items = (await EvaluateAsync(state["Items"], scope, ("input", input)))!.AsArray();
        var most = (await EvaluateAsync(state["MaxConcurrency"], scope, ("input", input)))!.GetValue<int>();
        history.Add("MapStateStarted");
        using var turns = new SemaphoreSlim(most, most);
        var results = await Task.WhenAll(
            items.Select(
                async (item, index) =>
                {
                    await turns.WaitAsync(TestContext.Current.CancellationToken);
                    try
                    {
                        history.Add("MapIterationStarted");
                        var context = new JsonObject
                        {
                            ["Map"] = new JsonObject
                            {
                                ["Item"] = new JsonObject { ["Index"] = index, ["Value"] = item?.DeepClone() },
                            },
                        };
                        var iteration = new Scope(scope, context);
                        var output = await RunAsync(
                            state["ItemProcessor"]!, await EvaluateAsync(state["ItemSelector"], iteration, ("input", input)), iteration);
                        history.Add("MapIterationSucceeded");
                        return output;
                    }
                    finally
                    {
                        turns.Release();
                    }
                }));
        history.Add("MapStateSucceeded");
        var all = new JsonArray([.. results.Select(r => r?.DeepClone())]);
        history.Carry($"the result of {name}", all);
        return await FinishAsync(name, state, scope, [("input", input), ("result", all)], all);
    }

    async Task<StateError> FailAsync(string name, JsonNode state, JsonNode? input, Scope scope)
    {
        var result = await EvaluateAsync(
            new JsonObject { ["Error"] = state["Error"]!.DeepClone(), ["Cause"] = state["Cause"]!.DeepClone() }, scope, ("input", input));
        var error = new StateError(result!["Error"]!.GetValue<string>(), result["Cause"]!.GetValue<string>());
        error.Name.Length.ShouldBeLessThanOrEqualTo(256, name);
        error.Cause.Length.ShouldBeLessThanOrEqualTo(32_768, name);
        return error;
    }

    // Output and Assign both see the variables as they were.
    async Task<(JsonNode? Output, string? Next)> FinishAsync(
        string name, JsonNode state, Scope scope, (string, JsonNode?)[] states, JsonNode? otherwise)
    {
        var fields = new JsonObject(
            new[] { "Output", "Assign" }
                .Where(f => state[f] is not null)
                .Select(f => KeyValuePair.Create(f, (JsonNode?)state[f]!.DeepClone())));
        var evaluated = (await EvaluateAsync(fields, scope, states))!;
        if (evaluated["Assign"] is JsonObject values)
        {
            history.Carry($"the variables of {name}", values);
            scope.Assign(values);
        }

        return (fields["Output"] is null ? otherwise : evaluated["Output"], state["Next"]?.GetValue<string>());
    }

    async Task<JsonNode?> EvaluateAsync(JsonNode? template, Scope scope, params (string, JsonNode?)[] states)
    {
        try
        {
            return await jsonata.EvaluateAsync(template, scope.Bindings(states), TestContext.Current.CancellationToken);
        }
        catch (JsonataException error)
        {
            throw new StateError("States.QueryEvaluationError", error.Message);
        }
    }
}
