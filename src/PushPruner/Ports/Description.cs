namespace PushPruner.Ports;

/// <summary>What the registry answered when asked for manifests by digest.</summary>
/// <param name="Found">Those that exist.</param>
/// <param name="Gone">Those that don't.</param>
/// <param name="IsComplete">
/// False when what is in neither list was not learned: ECR passed over it in silence, or named something else as missing.
/// </param>
public sealed record Description(IReadOnlyList<Manifest> Found, IReadOnlyList<Digest> Gone, bool IsComplete = true);
