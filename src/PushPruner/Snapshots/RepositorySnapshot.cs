using PushPruner.Jobs;

namespace PushPruner.Snapshots;

/// <summary>One repository in full at an instant, and what the rule says of each of its manifests.</summary>
public sealed record RepositorySnapshot
{
    readonly Ownership ownership;
    readonly RepositoryOverrides overrides;
    readonly IReadOnlySet<Digest> gone;

    internal RepositorySnapshot(
        string repository,
        DateTimeOffset at,
        RetentionPolicy policy,
        RepositoryOverrides overrides,
        IReadOnlyDictionary<Digest, KnownManifest> knownManifests,
        IReadOnlyList<Verdict> verdicts,
        IReadOnlySet<Digest> gone)
    {
        Repository = repository;
        At = at;
        Policy = policy;
        this.overrides = overrides;
        this.gone = gone;
        Manifests = knownManifests;
        Verdicts = verdicts;
        ownership = Ownership.Among(new KnownManifests(knownManifests.Values), Scope.WholeRepository, gone);
    }

    public string Repository { get; }

    public DateTimeOffset At { get; }

    /// <summary>What was decided with: the settings, what was asked for, and the repository's own resource tags.</summary>
    public RetentionPolicy Policy { get; }

    /// <summary>Why nothing of the repository may be deleted, whatever the verdicts say; null when they hold.</summary>
    public string? KeepsEverything => overrides.KeepsEverything;

    /// <summary>ECR's answer on each manifest, and what is remembered beside it.</summary>
    public IReadOnlyDictionary<Digest, KnownManifest> Manifests { get; }

    /// <summary>The rule's, one for each manifest.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; }

    /// <summary>The verdicts on images, and on what nothing owns: lone referrers, left-over members, manifests in doubt.</summary>
    public IEnumerable<Verdict> Images => Verdicts.Where(v => !v.IsFollower);

    /// <summary>What would be deleted of all manifests; nothing if everything is kept.</summary>
    public IEnumerable<Verdict> Expired => KeepsEverything is null ? Verdicts.Where(v => v.IsExpired) : [];

    /// <summary>A manifest with all that is kept and deleted together with it; what several own is in the group of each.</summary>
    public IEnumerable<Manifest> GroupOf(Digest image) => ownership.GroupOf(image).Select(d => Manifests[d].Manifest);

    /// <summary>A manifest with its members at any depth: its group without the referrers.</summary>
    public IEnumerable<Manifest> PartsOf(Digest image) => ownership.PartsOf(image).Select(d => Manifests[d].Manifest);

    /// <summary>
    /// The same repository at the same instant, judged by other numbers; they never keep less than its own resource tags ask.
    /// </summary>
    public RepositorySnapshot Under(int keepNewest, TimeSpan keepFor)
    {
        var policy = new ReconcileRequest(Repository) { KeepNewest = keepNewest, KeepFor = keepFor }.ApplyTo(Policy, overrides);
        return new RepositorySnapshot(
            Repository,
            At,
            policy,
            overrides,
            Manifests,
            Retention.Decide(policy, At, Manifests.Values, Scope.WholeRepository, gone),
            gone);
    }

    /// <summary>Those that own a manifest directly: the indexes that name it, the subject that it refers to.</summary>
    public IReadOnlyList<Digest> OwnersOf(Digest digest) => ownership.OwnersOf(digest);

    /// <summary>
    /// True for what refers by its tag to something that isn't in the repository, and isn't known to have been: that keeps it.
    /// </summary>
    public bool IsOwnedFromElsewhere(Digest digest) => ownership.IsOwnedFromOutside(digest);
}
