namespace PushPruner.Ports;

/// <summary>A place among the possible candidates.</summary>
public sealed record DueEntry(Digest Digest, DateTimeOffset DueFrom);
