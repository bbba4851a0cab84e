namespace PushPruner.Ports;

/// <summary>A place in the window. That it has one means that it was proven to be an image for this push time.</summary>
public sealed record RankedEntry(Digest Digest, DateTimeOffset PushedAt);
