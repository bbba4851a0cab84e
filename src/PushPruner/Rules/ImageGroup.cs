namespace PushPruner.Rules;

/// <summary>What an image and all that is kept and deleted together with it say: any of them can protect all.</summary>
/// <param name="ActiveAt">
/// The latest activity of the image or a member; a referrer's own doesn't make its subject younger. In the future, where a clock is ahead,
/// it counts as now.
/// </param>
/// <param name="Protection">The tag that protects it and the pattern it matches; null when none does.</param>
/// <param name="UsedAt">The latest use of any.</param>
/// <param name="IsSpared">True when the event being handled names one of them.</param>
/// <param name="Doubt">Why one of them is in doubt, or can't be deleted; null if none is. Then all are kept.</param>
public sealed record ImageGroup(DateTimeOffset ActiveAt, string? Protection, DateTimeOffset? UsedAt, bool IsSpared, string? Doubt)
{
    // ECR refreshes the time of the last pull at least once a day, not at once.
    static readonly TimeSpan PullLag = TimeSpan.FromDays(1);

    /// <summary>
    /// True when the doubt is only that ECR's answer on one of them lags: that is over in a moment, and moves no place in the index.
    /// </summary>
    public bool IsDoubtTemporary { get; init; }

    /// <summary>An image by itself.</summary>
    public static ImageGroup Of(RetentionPolicy policy, KnownManifest known, DateTimeOffset now)
    {
        return Of(
            policy,
            known,
            DoubtOf(known, now) ?? (known.Manifest.Status == ManifestStatus.Active ? null : $"it is in the archive ({known.Digest})"));
    }

    /// <summary>A single manifest, if it is known whether it is in doubt.</summary>
    internal static ImageGroup Of(RetentionPolicy policy, KnownManifest known, string? doubt) =>
        new(Activity.LatestOf(known).At, Retention.Protection(policy, known.Manifest), Pulls.LastUse(known), known.IsSpared, doubt);

    /// <param name="parts">The image and its members.</param>
    /// <param name="all">These and their referrers.</param>
    public static ImageGroup Of(
        RetentionPolicy policy, IReadOnlyCollection<KnownManifest> parts, IReadOnlyCollection<KnownManifest> all, DateTimeOffset now)
    {
        string? protection = null;
        DateTimeOffset? usedAt = null;
        var isSpared = false;
        string? doubt = null;
        foreach (var known in all)
        {
            protection ??= Retention.Protection(policy, known.Manifest);
            if (Pulls.LastUse(known) is { } used && !(used <= usedAt))
                usedAt = used;
            isSpared |= known.IsSpared;
            doubt ??= DoubtOf(known with { IsLagging = false }, now);
        }

        foreach (var known in parts)
            doubt ??= known.Manifest.Status == ManifestStatus.Active ? null : $"a part of it is in the archive ({known.Digest})";

        var passing = doubt is null ? all.Select(known => DoubtOf(known, now)).FirstOrDefault(d => d is not null) : null;
        return new(parts.Max(known => Activity.LatestOf(known).At), protection, usedAt, isSpared, doubt ?? passing)
        {
            IsDoubtTemporary = passing is not null,
        };
    }

    /// <summary>Until when its last use keeps it; null when uses don't count, or there was none.</summary>
    public DateTimeOffset? UsedUntil(RetentionPolicy policy, DateTimeOffset now)
    {
        if (policy.KeepPulledFor == TimeSpan.Zero || UsedAt is not { } used)
            return null;

        return (used > now ? now : used) + policy.KeepPulledFor + PullLag;
    }

    /// <summary>
    /// The instant from which X counts: the latest activity or, where a use keeps the image longer, as much later as that. Null when it is
    /// protected: it can't expire at all, nor while it is in doubt.
    /// </summary>
    public DateTimeOffset? DueFrom(RetentionPolicy policy, DateTimeOffset now)
    {
        if (Protection is not null || (Doubt is not null && !IsDoubtTemporary))
            return null;

        // By spans: a broken time of a pull must not leave the calendar.
        var longer = UsedUntil(policy, now) is { } until ? until - ActiveAt - policy.KeepFor : TimeSpan.Zero;
        return longer > TimeSpan.Zero ? ActiveAt + longer : ActiveAt;
    }

    // An archived referrer is left where it is, and keeps no image for ever; an archived part does.
    static string? DoubtOf(KnownManifest known, DateTimeOffset now) =>
        Classification.Of(known, now) is Classification.Doubtful doubt ? $"{doubt.Reason} ({known.Digest})" : null;
}
