using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Makes the index's row of a fact: which places it takes follows from the same standing that the rule decides with.</summary>
static class RowBuilder
{
    /// <summary>As the rule decided among all of a repository: what stands in doubt because of others takes no place either.</summary>
    public static IndexRow Build(RetentionPolicy policy, DateTimeOffset now, KnownManifest fact, long revision, Verdict verdict)
    {
        var row = Build(policy, now, fact, revision, verdict.Group);
        // That ECR's answer lags is over in a moment: the row keeps what the index knows better.
        return verdict is { IsDoubt: true, Group: null } && !fact.IsLagging ? row.WithoutPlaces() : row;
    }

    /// <param name="group">What lives and dies with the image; null where only the image itself is known.</param>
    /// <param name="revision">That of the row it will be written over.</param>
    public static IndexRow Build(RetentionPolicy policy, DateTimeOffset now, KnownManifest fact, long revision, ImageGroup? group = null)
    {
        var manifest = fact.Manifest;
        var row = new IndexRow
        {
            Digest = manifest.Digest,
            PushedAt = manifest.PushedAt,
            Bytes = manifest.Bytes,
            History = fact.History,
            Revision = revision,
        }.WithTags(manifest.Tags);

        var known = fact with { IsLagging = false };
        if (Classification.Of(known, now) is not Classification.Image image)
            return row;

        return row with
        {
            History = fact.History with { ProvenFor = image.PushedAt },
            Stream = image.Kind,
            RankedAt = image.PushedAt,
            DueFrom = (group ?? ImageGroup.Of(policy, known, now)).DueFrom(policy, now),
        };
    }

    /// <summary>
    /// True when no event told what makes the rows differ, so that none was missed: a pull, a restore or the archive moves places, a listing gives
    /// proofs and reads manifests, and tags are removed or move to another image.
    /// </summary>
    public static bool DiffersWithoutEvent(IndexRow row, IndexRow filed, RetentionPolicy policy) =>
        !LacksProtectionOf(row, filed, policy) && Comparable(row, filed).SaysTheSameAs(Comparable(filed, filed));

    /// <summary>True when the rows differ by nothing but tags that the manifest no longer has, and that mean nothing to the rule.</summary>
    public static bool DiffersInIdleTagsAlone(IndexRow row, IndexRow filed, RetentionPolicy policy) =>
        !row.Tags.Except(filed.Tags, StringComparer.Ordinal).Any(tag => policy.ProtectTags.FirstMatch(tag) is not null)
        && !filed.Tags.Except(row.Tags, StringComparer.Ordinal).Any()
        && (row with { Tags = filed.Tags, AreTagsCut = filed.AreTagsCut }).SaysTheSameAs(filed);

    // A tag that the row lacks was pushed, and its event missed: then it was promoted as well. One that protects would have kept it.
    static bool LacksProtectionOf(IndexRow row, IndexRow filed, RetentionPolicy policy) =>
        filed.Tags.Except(row.Tags, StringComparer.Ordinal).Any(tag => policy.ProtectTags.FirstMatch(tag) is not null);

    static IndexRow Comparable(IndexRow row, IndexRow filed) => row.WithoutPlaces() with
    {
        Tags = [],
        AreTagsCut = false,
        History = row.History with
        {
            ProvenFor = filed.History.ProvenFor,
            Kind = filed.History.Kind,
            WasReferrer = filed.History.WasReferrer,
            HasLostSubject = filed.History.HasLostSubject,
            ReadAt = filed.History.ReadAt,
            PulledBefore = filed.History.PulledBefore,
        },
    };
}
