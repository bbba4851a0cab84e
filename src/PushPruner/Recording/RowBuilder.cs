namespace PushPruner.Recording;

/// <summary>
/// Builds the index's row of a manifest. The places that it takes follow from the same classification that the rule decides with.
/// </summary>
static class RowBuilder
{
    /// <summary>As the rule decided among all of a repository: what is in doubt because of others takes no place either.</summary>
    public static IndexRow Build(RetentionPolicy policy, DateTimeOffset now, KnownManifest known, long revision, Verdict verdict)
    {
        var row = Build(policy, now, known, revision, verdict.Group);
        // That ECR's answer lags is over in a moment: the row keeps what the index knows better.
        return verdict is { IsDoubt: true, Group: null } && !known.IsLagging ? row.WithoutPlaces() : row;
    }

    /// <param name="group">What is kept and deleted together with the image; null where only the image itself is known.</param>
    /// <param name="revision">That of the row it will be written over.</param>
    public static IndexRow Build(RetentionPolicy policy, DateTimeOffset now, KnownManifest known, long revision, ImageGroup? group = null)
    {
        var manifest = known.Manifest;
        var row = new IndexRow
        {
            Digest = manifest.Digest,
            PushedAt = manifest.PushedAt,
            Bytes = manifest.Bytes,
            History = known.History,
            Revision = revision,
        }.WithTags(manifest.Tags);

        var settled = known with { IsLagging = false };
        if (Classification.Of(settled, now) is not Classification.Image image)
            return row;

        return row with
        {
            History = known.History with { ProvenFor = image.PushedAt },
            Stream = image.Kind,
            RankedAt = image.PushedAt,
            DueFrom = (group ?? ImageGroup.Of(policy, settled, now)).DueFrom(policy, now),
        };
    }

    /// <summary>
    /// True if no event reports what makes the rows differ, so that none was missed: a pull, a restore or the archive moves places, a
    /// listing gives proofs and reads manifests, and tags are removed or move to another image.
    /// </summary>
    public static bool DiffersWithoutEvent(IndexRow row, IndexRow rebuilt, RetentionPolicy policy) =>
        !LacksProtectionOf(row, rebuilt, policy) && Comparable(row, rebuilt).HasSameContentAs(Comparable(rebuilt, rebuilt));

    /// <summary>True when the rows differ by nothing but tags that the manifest no longer has, and that mean nothing to the rule.</summary>
    public static bool DiffersInUnprotectedTagsOnly(IndexRow row, IndexRow rebuilt, RetentionPolicy policy) =>
        !row.Tags.Except(rebuilt.Tags, StringComparer.Ordinal).Any(tag => policy.ProtectTags.FirstMatch(tag) is not null)
        && !rebuilt.Tags.Except(row.Tags, StringComparer.Ordinal).Any()
        && (row with { Tags = rebuilt.Tags, AreTagsCut = rebuilt.AreTagsCut }).HasSameContentAs(rebuilt);

    // A tag that the row lacks was pushed, and its event missed: then it was promoted as well. One that protects would have kept it.
    static bool LacksProtectionOf(IndexRow row, IndexRow rebuilt, RetentionPolicy policy) =>
        rebuilt.Tags.Except(row.Tags, StringComparer.Ordinal).Any(tag => policy.ProtectTags.FirstMatch(tag) is not null);

    static IndexRow Comparable(IndexRow row, IndexRow rebuilt) => row.WithoutPlaces() with
    {
        Tags = [],
        AreTagsCut = false,
        History = row.History with
        {
            ProvenFor = rebuilt.History.ProvenFor,
            Kind = rebuilt.History.Kind,
            WasReferrer = rebuilt.History.WasReferrer,
            HasLostSubject = rebuilt.History.HasLostSubject,
            ReadAt = rebuilt.History.ReadAt,
            PulledBefore = rebuilt.History.PulledBefore,
        },
    };
}
