namespace PushPruner.Cli.Layers;

/// <summary>
/// When each layer is stored: from the push of the first manifest that has it, until the last one that has it is deleted. It may come
/// again.
/// </summary>
/// <param name="mounting">Whether a layer that several repositories have is stored once.</param>
sealed class BlobSpans(BlobMounting mounting)
{
    readonly Dictionary<Digest, (long Bytes, List<(DateTimeOffset From, DateTimeOffset Until)> Spans)> blobs = [];

    /// <summary>Adds the layers of a repository.</summary>
    /// <param name="spanOf">From when and until when a manifest is there; null for what never was.</param>
    public void Add(RepositoryLayers layers, Func<Manifest, (DateTimeOffset? From, DateTimeOffset? Until)?> spanOf)
    {
        foreach (var (digest, named) in layers.Blobs)
        {
            if (spanOf(layers.Snapshot.Manifests[digest].Manifest) is not var (from, until))
                continue;

            foreach (var blob in named)
            {
                if (!blobs.TryGetValue(blob.Digest, out var known))
                    blobs.Add(blob.Digest, known = (blob.Bytes, []));
                known.Spans.Add((from ?? DateTimeOffset.MinValue, until ?? DateTimeOffset.MaxValue));
            }
        }
    }

    /// <summary>After a repository: what no other can change any more.</summary>
    public IEnumerable<BlobSpan> TakeSettled() => mounting == BlobMounting.On ? [] : TakeAll();

    /// <summary>All that is left, after the last repository.</summary>
    public IEnumerable<BlobSpan> TakeAll()
    {
        foreach (var (bytes, spans) in blobs.Values)
        {
            spans.Sort();
            var (from, until) = spans[0];
            foreach (var next in spans.Skip(1))
            {
                if (next.From > until)
                {
                    yield return Span(from, until, bytes);
                    (from, until) = next;
                }
                else if (next.Until > until)
                {
                    until = next.Until;
                }
            }

            yield return Span(from, until, bytes);
        }

        blobs.Clear();
    }

    static BlobSpan Span(DateTimeOffset from, DateTimeOffset until, long bytes) =>
        new(from == DateTimeOffset.MinValue ? null : from, until == DateTimeOffset.MaxValue ? null : until, bytes);
}

/// <summary>A time in which a layer is stored.</summary>
/// <param name="From">Null when nobody knows: then it was there from the first.</param>
/// <param name="Until">Null for what is still there.</param>
sealed record BlobSpan(DateTimeOffset? From, DateTimeOffset? Until, long Bytes);
