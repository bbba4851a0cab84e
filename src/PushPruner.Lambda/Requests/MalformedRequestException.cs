namespace PushPruner.Lambda.Requests;

/// <summary>
/// A request that can't be understood, and won't be at the next try: of all that a function throws this alone is the caller's. The runtime
/// reports a failure by its type, so <c>MalformedRequestException</c> is the error that a state machine must not retry.
/// </summary>
public sealed class MalformedRequestException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <param name="value">As it was given, in JSON; null when it is missing.</param>
    public static MalformedRequestException Of(string field, string? value, string allowed) =>
        new($"{field} is {value ?? "missing"}: {allowed}");
}
