using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>The functions that the state machines call.</summary>
interface IFunctions
{
    /// <exception cref="StateError">The function's own error, or Lambda's.</exception>
    Task<JsonNode> InvokeAsync(string name, JsonObject payload);
}
