using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>What Task states call.</summary>
interface IResources
{
    /// <summary>Answers as the service integration does.</summary>
    /// <param name="history">Of the execution that calls, for events that only some resources bring.</param>
    /// <exception cref="StateError">Under the name that the service gives it.</exception>
    Task<JsonNode> CallAsync(string resource, JsonNode arguments, History history);
}
