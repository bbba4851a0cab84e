using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Makes the index's row of a fact: which places it takes follows from the same standing that the rule decides with.</summary>
static class Filing
{
    /// <param name="revision">That of the row it will be written over.</param>
    public static IndexRow File(RetentionPolicy policy, DateTimeOffset now, Fact fact, long revision)
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
            DueFrom = Retention.Protection(policy, manifest) is null ? Retention.DueFrom(policy, now, manifest, image) : null,
        };
    }
}
