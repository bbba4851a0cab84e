using PushPruner.Cli.Layers;
using PushPruner.Snapshots;

namespace PushPruner.Cli.Simulate;

/// <summary>What is stored under one policy: images by their number, and bytes by image or by layer.</summary>
/// <param name="mounting">How layers are counted; null where images are.</param>
sealed class Shelf(BlobMounting? mounting)
{
    readonly BlobSpans spans = new(mounting ?? BlobMounting.Unknown);

    public StorageLedger Ledger { get; } = new();

    /// <param name="come">Whether a manifest was ever there, and from when.</param>
    /// <param name="goneAt">When a manifest is deleted; null for what stays.</param>
    public void Add(
        RepositorySnapshot snapshot,
        HashSet<Digest> images,
        RepositoryLayers? layers,
        Func<Manifest, (bool IsThere, DateTimeOffset? From)> come,
        Func<Digest, DateTimeOffset?> goneAt)
    {
        var gone = snapshot.Manifests.Keys.ToDictionary(d => d, goneAt);
        foreach (var manifest in snapshot.Manifests.Values.Select(f => f.Manifest))
        {
            if (come(manifest) is not (true, var from))
                continue;

            var (count, bytes) = (images.Contains(manifest.Digest) ? 1 : 0, mounting is null ? manifest.OwnBytes : 0);
            Ledger.Add(from, count, bytes);
            if (gone[manifest.Digest] is { } until)
                Ledger.Remove(until, count, bytes);
        }

        if (layers is null)
            return;

        spans.Add(layers, manifest => come(manifest) is (true, var from) ? (from, gone[manifest.Digest]) : null);
        Add(spans.TakeSettled());
    }

    public void End() => Add(spans.TakeAll());

    void Add(IEnumerable<BlobSpan> all)
    {
        foreach (var (from, until, bytes) in all)
        {
            Ledger.Add(from, 0, bytes);
            if (until is { } gone)
                Ledger.Remove(gone, 0, bytes);
        }
    }
}
