namespace PushPruner.LocalAws;

/// <summary>What a function gets for an invocation.</summary>
/// <param name="RequestId">Its id.</param>
/// <param name="Payload">The event or request, as JSON text.</param>
/// <param name="FunctionArn">As it was invoked.</param>
/// <param name="Deadline">When its time is over.</param>
public sealed record FunctionCall(string RequestId, string Payload, string FunctionArn, DateTimeOffset Deadline);
