using System.Runtime.InteropServices;

namespace PushPruner.Pruning;

/// <summary>A place among the newest of a stream.</summary>
/// <param name="Stream">Their kind.</param>
/// <param name="ProvenFor">The push time for which it was proven to be an image: the index gives no place without a proof.</param>
[StructLayout(LayoutKind.Auto)]
readonly record struct WindowPlace(string Stream, DateTimeOffset ProvenFor);
