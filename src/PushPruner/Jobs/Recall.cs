using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Joins what ECR says of a manifest with what the index remembers of it.</summary>
static class Recall
{
    /// <param name="row">Null when the index has none.</param>
    /// <param name="push">The event being handled; a promotion when it names this manifest.</param>
    public static Fact Fact(Manifest manifest, IndexRow? row, ImagePush? push)
    {
        var memory = row?.Memory ?? Memory.None;

        // Deleted and pushed again: a proof holds only for the push it was made for.
        if (row is not null && row.PushedAt != manifest.PushedAt)
            memory = Memory.None with { PromotedAt = memory.PromotedAt };

        if (push is not null && push.Digest == manifest.Digest && push.Time > manifest.PushedAt && !(push.Time <= memory.PromotedAt))
            memory = memory with { PromotedAt = push.Time };

        return new Fact(manifest, memory);
    }
}
