using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>
/// The fields that this interpreter knows. Another one, or a missing one, is an error of the definition or a gap here: never passed over.
/// </summary>
static class StateFields
{
    static readonly string[] OfMachine = ["QueryLanguage!", "StartAt!", "States!", "Comment", "TimeoutSeconds"];
    static readonly string[] OfProcessor = ["ProcessorConfig!", "StartAt!", "States!"];
    static readonly string[] OfRetrier =
    [
        "ErrorEquals!",
        "IntervalSeconds!",
        "BackoffRate!",
        "MaxDelaySeconds!",
        "MaxAttempts!",
        "JitterStrategy!",
    ];
    static readonly string[] OfCatcher = ["ErrorEquals!", "Next!", "Output", "Assign"];
    static readonly string[] OfChoice = ["Condition!", "Next!"];

    static readonly Dictionary<string, string[]> OfState = new(StringComparer.Ordinal)
    {
        ["Pass"] = ["Type!", "Output", "Assign", "Next", "End"],
        ["Choice"] = ["Type!", "Choices!", "Default!"],
        ["Task"] = ["Type!", "Resource!", "Arguments!", "TimeoutSeconds", "Output", "Assign", "Retry", "Catch", "Next", "End"],
        ["Map"] = ["Type!", "Items!", "ItemSelector!", "ItemProcessor!", "MaxConcurrency!", "Output", "Next", "End"],
        ["Succeed"] = ["Type!", "Output"],
        ["Fail"] = ["Type!", "Error!", "Cause!"],
    };

    /// <summary>Walks a whole definition.</summary>
    public static void Check(JsonNode machine)
    {
        Check("the machine", machine, OfMachine);
        machine["QueryLanguage"]!.GetValue<string>().ShouldBe("JSONata");
        CheckStates(machine);
    }

    static void CheckStates(JsonNode container)
    {
        var states = container["States"]!.AsObject();
        var targets = new List<string> { container["StartAt"]!.GetValue<string>() };
        foreach (var (name, state) in states)
        {
            Check(name, state!, OfState[state!["Type"]!.GetValue<string>()]);
            if (state["Type"]!.GetValue<string>() is "Pass" or "Task" or "Map")
                (state["End"] is not null).ShouldBe(state["Next"] is null, name);
            foreach (var retrier in Items(state, "Retry"))
                Check($"a retrier of {name}", retrier, OfRetrier);
            foreach (var catcher in Items(state, "Catch"))
                Check($"a catcher of {name}", catcher, OfCatcher);
            foreach (var choice in Items(state, "Choices"))
                Check($"a choice of {name}", choice, OfChoice);
            targets.AddRange(
                Items(state, "Catch")
                    .Concat(Items(state, "Choices"))
                    .Append(state)
                    .SelectMany(s => new[] { s["Next"], s["Default"] })
                    .OfType<JsonValue>()
                    .Select(t => t.GetValue<string>()));
            if (state["ItemProcessor"] is { } processor)
            {
                Check($"the processor of {name}", processor, OfProcessor);
                processor["ProcessorConfig"]!.ToJsonString().ShouldBe("""{"Mode":"INLINE"}""");
                CheckStates(processor);
            }
        }

        targets.Distinct().ShouldBe(states.Select(s => s.Key), ignoreOrder: true);
    }

    static void Check(string what, JsonNode node, string[] fields)
    {
        var known = fields.Select(f => f.TrimEnd('!'));
        node.AsObject().Select(f => f.Key).Except(known).ShouldBeEmpty($"{what} has fields that are not known here");
        fields
            .Where(f => f.EndsWith('!'))
            .Select(f => f.TrimEnd('!'))
            .Except(node.AsObject().Select(f => f.Key))
            .ShouldBeEmpty($"{what} lacks fields");
    }

    static IEnumerable<JsonNode> Items(JsonNode state, string field) => state[field]?.AsArray().Select(item => item!) ?? [];
}
