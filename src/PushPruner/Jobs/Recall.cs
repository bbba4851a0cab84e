using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Joins what ECR says of a manifest with what the index remembers of it.</summary>
static class Recall
{
    // Events carry whole seconds, cut off.
    static readonly TimeSpan EventResolution = TimeSpan.FromSeconds(1);

    /// <param name="row">Null when the index has none.</param>
    /// <param name="push">The event being handled; a promotion when it names this manifest.</param>
    public static Fact Fact(Manifest manifest, IndexRow? row, ImagePush? push)
    {
        var memory = row?.Memory ?? Memory.None;

        // Deleted and pushed again: a proof holds only for the push it was made for.
        if (row is not null && row.PushedAt != manifest.PushedAt)
            memory = Memory.None with { PromotedAt = memory.PromotedAt };

        return new Fact(manifest, push is not null && push.Digest == manifest.Digest ? With(push, manifest, memory) : memory);
    }

    static Memory With(ImagePush push, Manifest manifest, Memory memory)
    {
        if (push.Time > manifest.PushedAt && !(push.Time <= memory.PromotedAt))
            memory = memory with { PromotedAt = push.Time };

        // The tag may have moved on by now: that the image was pushed with it proves it as well. An event of an earlier push proves nothing.
        if (push.Tag is not null && Proof.IsGivenByPushWith(push.Tag) && push.Time + EventResolution > manifest.PushedAt)
            memory = memory with { ProvenFor = manifest.PushedAt };
        return memory;
    }
}
