using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Makes the index's row of a fact: which places it takes follows from the same standing that the rule decides with.</summary>
static class Filing
{
    /// <summary>As the rule decided among all of a repository: what stands in doubt because of others takes no place either.</summary>
    public static IndexRow File(RetentionPolicy policy, DateTimeOffset now, Fact fact, long revision, Verdict verdict)
    {
        var row = File(policy, now, fact, revision, verdict.Group);
        return verdict is { IsDoubt: true, Group: null } ? row with { RankedAt = null, DueFrom = null } : row;
    }

    /// <param name="group">What lives and dies with the image; null where only the image itself is known.</param>
    /// <param name="revision">That of the row it will be written over.</param>
    public static IndexRow File(RetentionPolicy policy, DateTimeOffset now, Fact fact, long revision, Group? group = null)
    {
        var manifest = fact.Manifest;
        var row = new IndexRow
        {
            Digest = manifest.Digest,
            // ECR gives tags in any order: sorted, so that an unchanged manifest makes an unchanged row.
            Tags = [.. manifest.Tags.Order(StringComparer.Ordinal)],
            PushedAt = manifest.PushedAt,
            Bytes = manifest.Bytes,
            Memory = fact.Memory,
            Revision = revision,
        };

        if (Standing.Of(fact, now) is not Standing.Image image)
            return row;

        return row with
        {
            Memory = fact.Memory with { ProvenFor = image.PushedAt },
            RankedAt = image.PushedAt,
            DueFrom = (group ?? Group.Of(policy, fact, now)).DueFrom(policy, now),
        };
    }

    /// <summary>
    /// True when the rows differ by no more than what no event tells: a pull or a restore moves an image's place among the due, and a listing gives
    /// proofs of its own.
    /// </summary>
    public static bool DiffersInPlaceAlone(IndexRow row, IndexRow filed)
    {
        var placed = row with { DueFrom = filed.DueFrom };
        if (row.Memory.ProvenFor is null)
            placed = placed with { RankedAt = filed.RankedAt, Memory = row.Memory with { ProvenFor = filed.Memory.ProvenFor } };
        return placed.SaysTheSameAs(filed);
    }
}
