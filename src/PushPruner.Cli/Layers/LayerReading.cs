namespace PushPruner.Cli.Layers;

/// <summary>Reads the manifests of a repository, and keeps of each no more than which layers it has.</summary>
static class LayerReading
{
    /// <summary>One call per 100 manifests; each is a pull to ECR.</summary>
    public static async Task<RepositoryLayers> ReadAsync(
        IRegistry registry, RepositorySnapshot snapshot, Progress progress, CancellationToken stop)
    {
        var digests = snapshot.Verdicts.Where(v => !MediaTypes.IsManifestList(v.Manifest.MediaType)).Select(v => v.Digest).ToList();
        var blobs = new Dictionary<Digest, IReadOnlyList<Blob>>(digests.Count);
        var unread = new List<Digest>();
        // The same base is named by many manifests, each time in a text of its own.
        var known = new Dictionary<Digest, Blob>();
        foreach (var some in digests.Chunk(IRegistry.MaxIds))
        {
            stop.ThrowIfCancellationRequested();
            progress.ReadManifests(blobs.Count + unread.Count, digests.Count);
            var texts = await registry.ReadManifestsAsync(snapshot.Repository, some, stop);
            foreach (var digest in some)
            {
                if (ImageManifest.Read(digest, texts.GetValueOrDefault(digest)) is { } named)
                    blobs[digest] = [.. named.Select(Once)];
                else
                    unread.Add(digest);
            }
        }

        progress.Clear();
        return new(snapshot, blobs, unread);

        Blob Once(Blob blob) => known.TryGetValue(blob.Digest, out var same) && same == blob ? same : known[blob.Digest] = blob;
    }
}

/// <summary>Which layers and configs each manifest of a repository has.</summary>
/// <param name="Blobs">By the manifest's digest; of each that could be read.</param>
/// <param name="Unread">Manifests that could not be read. Manifest lists are in neither: they have no layers of their own.</param>
sealed record RepositoryLayers(
    RepositorySnapshot Snapshot, IReadOnlyDictionary<Digest, IReadOnlyList<Blob>> Blobs, IReadOnlyList<Digest> Unread);
