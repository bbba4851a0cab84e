using PushPruner.Listing;

namespace PushPruner.Jobs;

/// <summary>
/// What a run counts of itself, for metrics. It is right also for a run that ends by an exception: what went
/// by then is counted. Of one run, not for several at once.
/// </summary>
public sealed class RunCounters
{
    readonly HashSet<Digest> contradicted = [];
    int rowsWritten;

    /// <summary>Images that ECR's answer says are deleted. A lone referrer or a left-over member counts as one.</summary>
    public int ImagesDeleted { get; private set; }

    /// <summary>Manifests that ECR's answer says are deleted, members and referrers too.</summary>
    public int ManifestsDeleted { get; private set; }

    /// <summary>Bytes of those manifests: layers that several share are counted in each.</summary>
    public long BytesFreed { get; private set; }

    /// <summary>
    /// Manifests that ECR and the index disagreed on when something was to be deleted. Pulls and restores don't count, because no event
    /// reports them.
    /// </summary>
    public int Contradictions => contradicted.Count;

    /// <summary>Manifests of every status in the repository, if it was listed.</summary>
    public int? ManifestsListed { get; private set; }

    /// <summary>
    /// What the listing showed of pushes and their events. Null if the repository was not listed, or never before: then nothing can be
    /// said.
    /// </summary>
    public EventCoverage? EventCoverage { get; private set; }

    /// <summary>Rows of manifests that a listing wrote or removed: progress, also of a run that deletes nothing.</summary>
    public int RowsWritten => rowsWritten;

    /// <summary>The repository's resource tags cannot be understood, so everything in it is kept.</summary>
    public bool HasMalformedOverrides { get; private set; }

    /// <summary>For more than a day no push could list the repository, and no reconcile has run.</summary>
    public bool IsLongDeferred { get; private set; }

    internal void NoteDeleted(Verdict verdict)
    {
        ManifestsDeleted++;
        BytesFreed += verdict.Manifest.OwnBytes;
        if (!verdict.IsFollower)
            ImagesDeleted++;
    }

    // ECR may be asked several times until a contradiction is settled.
    internal void NoteContradicted(IEnumerable<Digest> digests) => contradicted.UnionWith(digests);

    internal void NoteListed(int manifests, EventCoverage? coverage) => (ManifestsListed, EventCoverage) = (manifests, coverage);

    // Rows are written side by side.
    internal void NoteRowWritten() => Interlocked.Increment(ref rowsWritten);

    // The last reading counts: a person may correct the tags during the run.
    internal void NoteOverrides(RepositoryOverrides overrides) => HasMalformedOverrides = overrides.Malformed is not null;

    internal void NoteLongDeferred() => IsLongDeferred = true;
}
