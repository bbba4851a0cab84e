namespace PushPruner.LocalAws;

/// <summary>What became of one invocation.</summary>
public sealed record FunctionAnswer
{
    public required string RequestId { get; init; }

    /// <summary>The function's result, or the error it ended with, as JSON text.</summary>
    public required string Payload { get; init; }

    /// <summary>"Unhandled" when the function failed, else null.</summary>
    public string? FunctionError { get; init; }

    public bool Succeeded => FunctionError is null;

    internal static FunctionAnswer Failed(string requestId, string payload) =>
        new() { RequestId = requestId, Payload = payload, FunctionError = "Unhandled" };
}
