using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace PushPruner.Cli.Layers;

/// <summary>Counts layers for a command that was asked to: reads the manifests of one repository after the other.</summary>
sealed class LayerCount
{
    readonly SnapshotRun seen;
    readonly LayerLedger storage;
    int counted;
    int missing;
    bool isEveryOneSeen = true;

    LayerCount(SnapshotRun seen, BlobMounting mounting)
    {
        this.seen = seen;
        Mounting = mounting;
        storage = new LayerLedger(mounting);
    }

    public BlobMounting Mounting { get; }

    /// <summary>Null when nothing could be read.</summary>
    public LayerTotal? Total => counted == 0
        ? null
        : new LayerTotal(storage.Total, Mounting, missing, IsWholeRegistry: seen.IsWholeRegistry && isEveryOneSeen && missing == 0);

    public static Option<bool> CreateOption() => SettingOption.Flag(
        "--layers", "Read every manifest and count each layer once: what is really stored and freed. ECR counts it as a pull of each.");

    public static async Task<LayerCount> BeginAsync(SnapshotRun seen, CancellationToken stop)
    {
        if (seen.Source.IsReadingAPull)
        {
            seen.Progress.Say(
                "Every manifest is read for its layers. ECR records that as a pull of each, which lifecycle rules and KEEP_PULLED_DAYS "
                    + "go by.");
        }

        return new LayerCount(seen, await seen.Source.ReadBlobMountingAsync(stop));
    }

    /// <summary>A repository could not be looked at.</summary>
    public void Skip() => isEveryOneSeen = false;

    /// <returns>The layers and their sums, or why they can't be read; no layers when not one manifest could be read.</returns>
    public async Task<(RepositoryLayers? Layers, LayerSums? Sums, string? Error)> AddAsync(
        RepositorySnapshot snapshot, CancellationToken stop)
    {
        try
        {
            var registry = await seen.Source.RegistryOfAsync(snapshot.Repository, stop);
            var layers = await LayerReading.ReadAsync(registry, snapshot, seen.Progress, stop);
            if (layers is { Blobs.Count: 0, Unread.Count: > 0 })
            {
                missing++;
                return (null, null, null);
            }

            counted++;
            return (layers, storage.Add(layers), null);
        }
        catch (Exception e) when (ErrorText.IsOfAws(e) && !stop.IsCancellationRequested)
        {
            missing++;
            var error = $"its manifests can't be read: {ErrorText.Describe(e)}";
            seen.Progress.Say($"{snapshot.Repository}: {error}");
            return (null, null, error);
        }
    }
}

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
