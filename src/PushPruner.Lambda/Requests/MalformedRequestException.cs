namespace PushPruner.Lambda.Requests;

/// <summary>
/// A request that cannot be understood, and never will be. Of all exceptions of a function only this one is the caller's mistake. The
/// runtime reports the name of the type, so <c>MalformedRequestException</c> is the error that a state machine must not retry.
/// </summary>
public sealed class MalformedRequestException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <param name="value">As it was given, in JSON; null if it is missing.</param>
    public static MalformedRequestException Of(string field, string? value, string allowed) =>
        new($"{field} is {value ?? "missing"}: {allowed}");
}
