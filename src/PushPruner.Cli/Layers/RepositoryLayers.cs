using PushPruner.Snapshots;

namespace PushPruner.Cli.Layers;

/// <summary>Which layers and configs each manifest of a repository has.</summary>
/// <param name="Blobs">By the manifest's digest; of each that could be read.</param>
/// <param name="Unread">Manifests that could not be read. Manifest lists are in neither: they have no layers of their own.</param>
sealed record RepositoryLayers(
    RepositorySnapshot Snapshot, IReadOnlyDictionary<Digest, IReadOnlyList<Blob>> Blobs, IReadOnlyList<Digest> Unread);
