namespace PushPruner.Lambda.Metering;

/// <summary>A metric that the functions emit. docs/metrics.md says the same to people.</summary>
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

    /// <summary>Of those, events of what isn't served: excluded, disabled, malformed overrides, no push of ours.</summary>
    public static readonly Metric PushesIgnored = new("PushesIgnored", Count);

    /// <summary>Of those, pushes that met a manifest in doubt.</summary>
    public static readonly Metric PushesInDoubt = new("PushesInDoubt", Count);

    /// <summary>Runs of <c>OnImagePushed</c> that ended by an exception. Lambda tries an event three times.</summary>
    public static readonly Metric PushesFailed = new("PushesFailed", Count, IsByCode: true);

    /// <summary>From the event's time to the end of the run.</summary>
    public static readonly Metric PushToPrune = new("PushToPrune", Milliseconds);

    /// <summary>
    /// Pushes that had to list their repository in full: the first of a repository, and where ECR contradicted too many rows.
    /// </summary>
    public static readonly Metric Resyncs = new("Resyncs", Count);

    /// <summary>Images that a run found expired. One that stays, in a dry run or a halted one, is counted by the next run again.</summary>
    public static readonly Metric ImagesExpired = new("ImagesExpired", Count);

    public static readonly Metric ImagesDeleted = new("ImagesDeleted", Count);

    /// <summary>Manifests that went: images, their members and referrers.</summary>
    public static readonly Metric ManifestsDeleted = new("ManifestsDeleted", Count);

    /// <summary>Bytes of the manifests that went; layers that several share are counted in each.</summary>
    public static readonly Metric BytesFreed = new("BytesFreed", Bytes);

    /// <summary>Bytes that a dry run would have freed. The next one counts them again.</summary>
    public static readonly Metric BytesHeldBack = new("BytesHeldBack", Bytes);

    /// <summary>Manifests that ECR refused to delete.</summary>
    public static readonly Metric DeletesRefused = new("DeletesRefused", Count, IsByCode: true);

    /// <summary>
    /// Of those, deletes that ECR refused with a code that does not pass, such as <c>KmsError</c>. The first 100 of a run are looked at.
    /// </summary>
    public static readonly Metric DeletesBlocked = new("DeletesBlocked", Count);

    /// <summary>Runs that kept everything in a repository because its resource tags cannot be understood.</summary>
    public static readonly Metric MalformedOverrides = new("MalformedOverrides", Count);

    /// <summary>Runs that met a repository which no push could list for more than a day, and no reconcile had finished.</summary>
    public static readonly Metric DeferredOverADay = new("DeferredOverADay", Count);

    /// <summary>Runs that deleted nothing because more would go than <c>MAX_DELETES</c>, or nobody knew how many (S8).</summary>
    public static readonly Metric RunsHalted = new("RunsHalted", Count);

    /// <summary>The same in a dry run, which would not have deleted anyway.</summary>
    public static readonly Metric DryRunsHalted = new("DryRunsHalted", Count);

    /// <summary>Manifests of which ECR said otherwise than the index when something was to be deleted.</summary>
    public static readonly Metric Contradictions = new("Contradictions", Count);

    /// <summary>Calls that AWS answered with "too many"; most succeed when the SDK tries again.</summary>
    public static readonly Metric ApiThrottles = new("ApiThrottles", Count);

    /// <summary>Repositories whose reconcile came to its end.</summary>
    public static readonly Metric ReconcilesDone = new("ReconcilesDone", Count);

    /// <summary>Runs of a reconcile whose time ran short. The state machine goes on from there while that helps.</summary>
    public static readonly Metric ReconcilesUnfinished = new("ReconcilesUnfinished", Count);

    /// <summary>
    /// Repositories that the state machine gives up for this time: not done after 20 runs, or after one without progress.
    /// </summary>
    public static readonly Metric RepositoriesUnfinished = new("RepositoriesUnfinished", Count);

    /// <summary>Runs of <c>ReconcileRepository</c> that ended by an exception. The state machine tries again where that can help.</summary>
    public static readonly Metric ReconcilesFailed = new("ReconcilesFailed", Count, IsByCode: true);

    /// <summary>Runs of <c>ListRepositories</c> that ended by an exception.</summary>
    public static readonly Metric ListingsFailed = new("ListingsFailed", Count, IsByCode: true);

    /// <summary>Manifests that reconciles listed, of repositories that had been listed before: what drift is a share of.</summary>
    public static readonly Metric ManifestsReconciled = new("ManifestsReconciled", Count);

    /// <summary>Drift: manifests of ECR's without a row, in repositories that had been listed before.</summary>
    public static readonly Metric DriftMissing = new("DriftMissing", Count);

    /// <summary>Drift: rows without a manifest.</summary>
    public static readonly Metric DriftPhantom = new("DriftPhantom", Count);

    /// <summary>Drift: rows that differed from ECR's word.</summary>
    public static readonly Metric DriftStale = new("DriftStale", Count);

    /// <summary>Manifests pushed 36 to 12 hours before their repository was listed that had a row by then.</summary>
    public static readonly Metric PushesReceived = new("PushesReceived", Count);

    /// <summary>
    /// Manifests without a row, pushed at least 12 hours before the listing and after all that have a row in their repository.
    /// </summary>
    public static readonly Metric PushesMissed = new("PushesMissed", Count);

    /// <summary>Manifests of one repository, by a full listing: its maximum against ECR's quota is the headroom.</summary>
    public static readonly Metric RepositoryManifests = new("RepositoryManifests", Count);

    /// <summary>Manifests that a reconcile kept only because of doubt.</summary>
    public static readonly Metric DoubtfulManifests = new("DoubtfulManifests", Count);

    /// <summary>Of those, manifests pushed more than a week ago: that doubt does not pass by itself.</summary>
    public static readonly Metric LastingDoubts = new("LastingDoubts", Count);
}
