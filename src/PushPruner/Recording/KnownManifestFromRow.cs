using PushPruner.Jobs;

namespace PushPruner.Recording;

/// <summary>Joins what ECR says of a manifest with what the index remembers of it.</summary>
static class KnownManifestFromRow
{
    // Events carry whole seconds, cut off.
    static readonly TimeSpan EventResolution = TimeSpan.FromSeconds(1);

    extension(KnownManifest)
    {
        /// <param name="row">Null when the index has none.</param>
        /// <param name="push">The event being handled; a promotion when it names this manifest.</param>
        /// <param name="unseenTags">
        /// Tags that the row was given a moment ago and that ECR's answer doesn't show, see <see cref="TagLag"/>: the answer is the older
        /// of the two.
        /// </param>
        public static KnownManifest From(
            Manifest manifest, IndexRow? row, ImagePush? push, DateTimeOffset now, IReadOnlyList<string>? unseenTags = null)
        {
            if (unseenTags is { Count: > 0 })
            {
                return KnownManifest.From(manifest with { Tags = [.. manifest.Tags, .. unseenTags] }, row, push, now) with
                {
                    IsLagging = true,
                };
            }

            var history = row?.History ?? ManifestHistory.None;
            var names = push is not null && push.Digest == manifest.Digest ? push : null;

            if (row is not null && manifest.PushedAt is not null && row.PushedAt != manifest.PushedAt)
            {
                history = row.PushedAt is null ? history : OfThePushBefore(history);
            }
            else if (
                row is { AreTagsCut: false }
                && manifest.Tags.Any(tag => tag != names?.Tag && !row.Tags.Contains(tag, StringComparer.Ordinal)))
            {
                // It has been tagged since, and the event of that is late or lost: a promotion whose time isn't known better than "by
                // now".
                history = PromotedAt(now, history);
            }

            if (IsSignature(manifest, row, names))
                history = history with { WasReferrer = true };
            return new KnownManifest(manifest, names is null ? history : With(names, manifest, history, now));
        }
    }

    // Deleted and pushed again: what became of it before is over. What it names, and what names it, holds for the digest.
    static ManifestHistory OfThePushBefore(ManifestHistory history) =>
        new()
        {
            Members = history.Members,
            Kind = history.Kind,
            Owners = history.Owners,
            WasMember = history.Owners.Count > 0,
            Referrers = history.Referrers,
        };

    // By its tags now, by those it had when it was last seen, or by the tag it was pushed with.
    static bool IsSignature(Manifest manifest, IndexRow? row, ImagePush? push)
    {
        bool IsOf(string tag) => ReferrerTag.IsOf(tag, manifest.MediaType);
        return ReferrerTag.SubjectsOf(manifest).Count > 0
            || (manifest.Tags.Count == 0 && ((row?.Tags.Count > 0 && row.Tags.All(IsOf)) || (push?.Tag is { } tag && IsOf(tag))));
    }

    static ManifestHistory With(ImagePush push, Manifest manifest, ManifestHistory history, DateTimeOffset now)
    {
        if (push.Time > manifest.PushedAt)
            history = PromotedAt(push.Time > now ? now : push.Time, history);

        // The tag may have moved on by now: that the image was pushed with it proves it as well. An event of an earlier push proves
        // nothing.
        if (push.Tag is not null && Proof.IsGivenByPushWith(push.Tag) && push.Time - manifest.PushedAt > -EventResolution)
            history = history with { ProvenFor = manifest.PushedAt };
        return history;
    }

    static ManifestHistory PromotedAt(DateTimeOffset time, ManifestHistory history) =>
        time <= history.PromotedAt ? history : history with { PromotedAt = time };
}
