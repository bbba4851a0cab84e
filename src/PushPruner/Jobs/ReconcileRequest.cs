namespace PushPruner.Jobs;

/// <summary>What one reconcile is asked for: a repository, and what overrides the settings in this run only.</summary>
public sealed record ReconcileRequest(string Repository)
{
    /// <summary>True switches a dry run on; false leaves it to the settings, and never switches theirs off.</summary>
    public bool DryRun { get; init; }

    public int? MaxDeletes { get; init; }

    public int? KeepNewest { get; init; }

    public TimeSpan? KeepFor { get; init; }

    /// <summary>
    /// The approved instant: only images that were expired by then are deleted, counting what was pushed until then. Null covers all.
    /// </summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The hash of the approved policy: any other in force is refused. Null takes whichever is in force.</summary>
    public string? PolicyHash { get; init; }

    /// <summary>The digests that a person was shown: no other is deleted. Null covers all.</summary>
    public IReadOnlySet<Digest>? Shown { get; init; }

    /// <summary>Whether a digest is among those that were shown, if that matters.</summary>
    public bool Covers(Digest digest) => Shown?.Contains(digest) != false;

    /// <summary>True if the request is for this policy, or for whichever policy is in force.</summary>
    public bool IsFor(RetentionPolicy policy) => PolicyHash is null || PolicyHash == Policies.PolicyHash.Of(policy);

    public Settings ApplyTo(Settings settings)
    {
        return settings with { DryRun = settings.DryRun || DryRun, MaxDeletes = MaxDeletes ?? settings.MaxDeletes };
    }

    /// <summary>The policy to decide with. It never keeps less than the repository's own tags ask.</summary>
    public RetentionPolicy ApplyTo(RetentionPolicy policy, RepositoryOverrides overrides)
    {
        var own = overrides.ApplyTo(policy);
        return own with
        {
            KeepNewest = KeepNewest is { } newest ? Math.Max(newest, overrides.KeepNewest ?? 0) : own.KeepNewest,
            KeepFor = KeepFor is { } keepFor ? Longer(keepFor, overrides.KeepFor ?? TimeSpan.Zero) : own.KeepFor,
        };
    }

    static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
