using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>The variables of an execution, or of one iteration of a Map, which sees those around it and sets its own.</summary>
sealed class Scope(Scope? around, JsonObject context)
{
    readonly Dictionary<string, JsonNode?> own = new(StringComparer.Ordinal);

    /// <summary>What expressions find: the variables, and <c>$states</c> with these.</summary>
    public JsonObject Bindings(params ReadOnlySpan<(string Name, JsonNode? Value)> states)
    {
        var bindings = around?.Variables() ?? [];
        foreach (var (name, value) in own)
            bindings[name] = value?.DeepClone();
        var reserved = new JsonObject { ["context"] = context.DeepClone() };
        foreach (var (name, value) in states)
            reserved[name] = value?.DeepClone();
        bindings["states"] = reserved;
        return bindings;
    }

    public void Assign(JsonObject values)
    {
        foreach (var (name, value) in values)
        {
            around?.Variables().ContainsKey(name).ShouldBeFalse($"{name} is a variable around this one: no state may set both");
            own[name] = value?.DeepClone();
        }
    }

    JsonObject Variables()
    {
        var all = around?.Variables() ?? [];
        foreach (var (name, value) in own)
            all[name] = value?.DeepClone();
        return all;
    }
}
