namespace PushPruner.Cli.Layers;

/// <summary>A time in which a layer is stored.</summary>
/// <param name="From">Null when nobody knows: then it was there from the first.</param>
/// <param name="Until">Null for what is still there.</param>
sealed record BlobSpan(DateTimeOffset? From, DateTimeOffset? Until, long Bytes);
