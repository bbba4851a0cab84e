using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>
/// What a run counts of itself while it goes on, for whoever measures it. It is right also for a run that ends by an exception: what went by then is
/// counted. Of one run, not for several at once.
/// </summary>
public sealed class Tally
{
    readonly HashSet<Digest> contradicted = [];

    /// <summary>Images that went by ECR's answer; what goes alone, a lone referrer or a left-over member, is counted as one.</summary>
    public int ImagesDeleted { get; private set; }

    /// <summary>Manifests that went by ECR's answer, members and referrers too.</summary>
    public int ManifestsDeleted { get; private set; }

    /// <summary>Bytes of those manifests: layers that several share are counted in each.</summary>
    public long BytesFreed { get; private set; }

    /// <summary>Manifests of which ECR said otherwise than the index when something was to be deleted. Pulls and restores, of which no event tells, aside.</summary>
    public int Contradictions => contradicted.Count;

    /// <summary>Manifests of every status in the repository, if it was listed.</summary>
    public int? ManifestsListed { get; private set; }

    /// <summary>What the listing showed of pushes and their events. Null where the repository was not listed, or never before: then nothing can be said.</summary>
    public Hearing? Hearing { get; private set; }

    internal void NoteDeleted(Verdict verdict)
    {
        ManifestsDeleted++;
        BytesFreed += verdict.Manifest.OwnBytes;
        if (!verdict.IsFollower)
            ImagesDeleted++;
    }

    // ECR may be asked several times until a contradiction is settled.
    internal void NoteContradicted(IEnumerable<Digest> digests) => contradicted.UnionWith(digests);

    internal void NoteListed(int manifests, Hearing? hearing) => (ManifestsListed, Hearing) = (manifests, hearing);
}
