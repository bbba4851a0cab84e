namespace PushPruner.Cli.Layers;

/// <summary>A layer or a config, as a manifest names it.</summary>
readonly record struct Blob(Digest Digest, long Bytes);
