using System.Collections.Frozen;
using System.Runtime.InteropServices;
using PushPruner.Jobs;
using PushPruner.Ports;

namespace PushPruner.Cli.Plan.Layers;

/// <summary>Reads the manifests of a repository, and keeps of each no more than which layers it has.</summary>
static class LayerReading
{
    /// <summary>One call per 100 manifests; each is a pull to ECR.</summary>
    public static async Task<LayerSums> CountAsync(IRegistry registry, Survey survey, Progress progress, CancellationToken stop)
    {
        var expired = survey.Expired.Select(v => v.Digest).ToFrozenSet();
        var digests = survey.Verdicts.Where(v => !MediaTypes.IsIndex(v.Manifest.MediaType)).Select(v => v.Digest).ToList();
        var blobs = new Dictionary<Digest, (long Bytes, bool IsNeeded)>();
        long read = 0, unreadKept = 0, unreadExpired = 0;
        foreach (var some in digests.Chunk(IRegistry.MaxIds))
        {
            stop.ThrowIfCancellationRequested();
            progress.ReadManifests((int)(read + unreadKept + unreadExpired), digests.Count);
            var texts = await registry.ReadManifestsAsync(survey.Repository, some, stop);
            foreach (var digest in some)
            {
                var isExpired = expired.Contains(digest);
                if (ImageManifest.Read(digest, texts.GetValueOrDefault(digest)) is not { } named)
                {
                    _ = isExpired ? unreadExpired++ : unreadKept++;
                    continue;
                }

                read++;
                foreach (var blob in named)
                {
                    ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(blobs, blob.Digest, out _);
                    known = (blob.Bytes, known.IsNeeded || !isExpired);
                }
            }
        }

        progress.Clear();
        return new(blobs.Values.Sum(b => b.Bytes), blobs.Values.Where(b => !b.IsNeeded).Sum(b => b.Bytes), read, unreadKept, unreadExpired);
    }
}
