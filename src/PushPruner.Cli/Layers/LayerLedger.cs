using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace PushPruner.Cli.Layers;

/// <summary>
/// Adds up what is stored and freed, with each layer counted once a repository or, where ECR mounts blobs, once for the registry.
/// </summary>
sealed class LayerLedger(BlobMounting mounting)
{
    readonly Dictionary<Digest, (long Bytes, bool IsNeeded)> shared = [];
    LayerSums sum = LayerSums.None;

    /// <summary>Of all repositories so far. Where ECR mounts blobs, that is less than the sum of them.</summary>
    public LayerSums Total => mounting == BlobMounting.On ? sum with { Stored = StoredIn(shared), Freed = FreedIn(shared) } : sum;

    /// <returns>What the repository stores and frees by itself.</returns>
    public LayerSums Add(RepositoryLayers layers)
    {
        var expired = layers.Snapshot.Expired.Select(v => v.Digest).ToFrozenSet();
        var own = new Dictionary<Digest, (long Bytes, bool IsNeeded)>();
        foreach (var (manifest, blobs) in layers.Blobs)
        {
            var isNeeded = !expired.Contains(manifest);
            foreach (var blob in blobs)
            {
                Note(own, blob, isNeeded);
                if (mounting == BlobMounting.On)
                    Note(shared, blob, isNeeded);
            }
        }

        var unreadExpired = layers.Unread.LongCount(expired.Contains);
        var sums = new LayerSums(StoredIn(own), FreedIn(own), layers.Blobs.Count, layers.Unread.Count - unreadExpired, unreadExpired)
        {
            MayBeShared = mounting != BlobMounting.Off,
        };
        sum += sums;
        return sums;
    }

    static void Note(Dictionary<Digest, (long Bytes, bool IsNeeded)> blobs, Blob blob, bool isNeeded)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(blobs, blob.Digest, out _);
        known = (blob.Bytes, known.IsNeeded || isNeeded);
    }

    static long StoredIn(Dictionary<Digest, (long Bytes, bool IsNeeded)> blobs) => blobs.Values.Sum(b => b.Bytes);

    static long FreedIn(Dictionary<Digest, (long Bytes, bool IsNeeded)> blobs) => blobs.Values.Where(b => !b.IsNeeded).Sum(b => b.Bytes);
}
