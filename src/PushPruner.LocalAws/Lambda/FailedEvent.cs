namespace PushPruner.LocalAws;

/// <summary>An event that every attempt failed with: what an on-failure destination receives.</summary>
/// <param name="RequestId">The same for all attempts.</param>
/// <param name="Payload">The event.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LastError">The error of the last attempt, as JSON text.</param>
public sealed record FailedEvent(string RequestId, string Payload, int Attempts, string LastError);
