namespace PushPruner.LocalAws;

/// <summary>What a caller in process gets in place of a connection that closes.</summary>
public sealed class ConnectionLostException() : IOException("The connection was closed before an answer came.");
