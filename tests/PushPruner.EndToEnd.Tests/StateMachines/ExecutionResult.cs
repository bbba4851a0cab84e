using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>How an execution ended.</summary>
sealed record ExecutionResult(string StateMachine, JsonNode? Input, History History, IReadOnlyList<TimeSpan> Waits)
{
    public JsonNode? Output { get; init; }

    public StateError? Error { get; init; }

    public bool Succeeded => Error is null;
}
