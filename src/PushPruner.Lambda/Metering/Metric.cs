namespace PushPruner.Lambda.Metering;

/// <summary>A metric that the functions emit. docs/metrics.md describes it for people.</summary>
/// <param name="Name">In the namespace <see cref="EmbeddedMetrics.Namespace"/>.</param>
/// <param name="Unit">One that CloudWatch knows.</param>
/// <param name="IsByCode">Also emitted with the dimension <see cref="EmbeddedMetrics.Code"/>.</param>
public sealed record Metric(string Name, string Unit, bool IsByCode = false)
{
    const string Count = "Count";
    const string Bytes = "Bytes";
    const string Milliseconds = "Milliseconds";

    /// <summary>Events answered, whatever the outcome.</summary>
    public static readonly Metric PushesHandled = new("PushesHandled", Count);

    /// <summary>Of those, pushes that deleted something, or tried to.</summary>
    public static readonly Metric PushesPruned = new("PushesPruned", Count);

    /// <summary>Of those, pushes to a repository too large to list: it waits for its reconcile.</summary>
    public static readonly Metric PushesDeferred = new("PushesDeferred", Count);

    /// <summary>Of those, events that are not served: excluded or disabled repositories, malformed overrides, other events.</summary>
    public static readonly Metric PushesIgnored = new("PushesIgnored", Count);

    /// <summary>Of those, pushes that met a manifest in doubt.</summary>
    public static readonly Metric PushesInDoubt = new("PushesInDoubt", Count);

    /// <summary>Runs of <c>OnImagePushed</c> that ended by an exception. Lambda tries an event three times.</summary>
    public static readonly Metric PushesFailed = new("PushesFailed", Count, IsByCode: true);

    /// <summary>From the event's time to the end of the run.</summary>
    public static readonly Metric PushToPrune = new("PushToPrune", Milliseconds);

    /// <summary>
    /// Pushes that listed their repository in full: the first of a repository, and those for which ECR contradicted too many rows.
    /// </summary>
    public static readonly Metric Resyncs = new("Resyncs", Count);

    /// <summary>Images that a run found expired. After a dry or halted run, the next run counts them again.</summary>
    public static readonly Metric ImagesExpired = new("ImagesExpired", Count);

    public static readonly Metric ImagesDeleted = new("ImagesDeleted", Count);

    /// <summary>Deleted manifests: images, their members and referrers.</summary>
    public static readonly Metric ManifestsDeleted = new("ManifestsDeleted", Count);

    /// <summary>Bytes of the deleted manifests. Shared layers are counted in each.</summary>
    public static readonly Metric BytesFreed = new("BytesFreed", Bytes);

    /// <summary>Bytes that a dry run would have freed. The next one counts them again.</summary>
    public static readonly Metric BytesHeldBack = new("BytesHeldBack", Bytes);

    /// <summary>Manifests that ECR refused to delete.</summary>
    public static readonly Metric DeletesRefused = new("DeletesRefused", Count, IsByCode: true);

    /// <summary>
    /// Of those, deletes that ECR refused with a code that does not pass, such as <c>KmsError</c>. Only the first 100 of a run are counted.
    /// </summary>
    public static readonly Metric DeletesBlocked = new("DeletesBlocked", Count);

    /// <summary>Runs that kept everything in a repository because its resource tags cannot be understood.</summary>
    public static readonly Metric MalformedOverrides = new("MalformedOverrides", Count);

    /// <summary>Runs in a repository that no push could list for more than a day, and that no reconcile had finished.</summary>
    public static readonly Metric DeferredOverADay = new("DeferredOverADay", Count);

    /// <summary>Runs that deleted nothing because more than <c>MAX_DELETES</c> images were expired, or an unknown number (S8).</summary>
    public static readonly Metric RunsHalted = new("RunsHalted", Count);

    /// <summary>The same for dry runs, which delete nothing anyway.</summary>
    public static readonly Metric DryRunsHalted = new("DryRunsHalted", Count);

    /// <summary>Manifests for which ECR contradicted the index before a delete.</summary>
    public static readonly Metric Contradictions = new("Contradictions", Count);

    /// <summary>Calls that AWS throttled. Most succeed when the SDK repeats them.</summary>
    public static readonly Metric ApiThrottles = new("ApiThrottles", Count);

    /// <summary>Repositories whose reconcile came to its end.</summary>
    public static readonly Metric ReconcilesDone = new("ReconcilesDone", Count);

    /// <summary>Runs of a reconcile that ran out of time. The state machine continues as long as there is progress.</summary>
    public static readonly Metric ReconcilesUnfinished = new("ReconcilesUnfinished", Count);

    /// <summary>Repositories that a reconcile gave up: not done after 20 runs, or after a run without progress.</summary>
    public static readonly Metric RepositoriesUnfinished = new("RepositoriesUnfinished", Count);

    /// <summary>Runs of <c>ReconcileRepository</c> that ended by an exception. The state machine repeats them if that can help.</summary>
    public static readonly Metric ReconcilesFailed = new("ReconcilesFailed", Count, IsByCode: true);

    /// <summary>Runs of <c>ListRepositories</c> that ended by an exception.</summary>
    public static readonly Metric ListingsFailed = new("ListingsFailed", Count, IsByCode: true);

    /// <summary>Manifests that reconciles listed, of repositories that had been listed before: the base of the drift ratio.</summary>
    public static readonly Metric ManifestsReconciled = new("ManifestsReconciled", Count);

    /// <summary>Drift: manifests in ECR without a row, in repositories that had been listed before.</summary>
    public static readonly Metric DriftMissing = new("DriftMissing", Count);

    /// <summary>Drift: rows without a manifest.</summary>
    public static readonly Metric DriftPhantom = new("DriftPhantom", Count);

    /// <summary>Drift: rows that differed from ECR's answer.</summary>
    public static readonly Metric DriftStale = new("DriftStale", Count);

    /// <summary>Manifests pushed 36 to 12 hours before their repository was listed that had a row by then.</summary>
    public static readonly Metric PushesReceived = new("PushesReceived", Count);

    /// <summary>
    /// Manifests without a row, pushed at least 12 hours before the listing and after all that have a row in their repository.
    /// </summary>
    public static readonly Metric PushesMissed = new("PushesMissed", Count);

    /// <summary>Manifests of one repository, by a full listing. Compare its maximum with ECR's quota.</summary>
    public static readonly Metric RepositoryManifests = new("RepositoryManifests", Count);

    /// <summary>Manifests that a reconcile kept only because of doubt.</summary>
    public static readonly Metric DoubtfulManifests = new("DoubtfulManifests", Count);

    /// <summary>Of those, manifests pushed more than a week ago: that doubt does not pass by itself.</summary>
    public static readonly Metric LastingDoubts = new("LastingDoubts", Count);
}
