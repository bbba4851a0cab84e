namespace PushPruner.Ports;

/// <summary>What the registry answered when asked for manifests by digest.</summary>
/// <param name="Found">Those that exist.</param>
/// <param name="Gone">Those that don't.</param>
/// <param name="IsComplete">
/// False when so many are gone that asking on would cost more than listing the repository: what is in neither list was not learned.
/// </param>
public sealed record Description(IReadOnlyList<Manifest> Found, IReadOnlyList<Digest> Gone, bool IsComplete = true);
