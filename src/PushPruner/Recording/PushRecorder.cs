using PushPruner.Jobs;

namespace PushPruner.Recording;

/// <summary>
/// Records what was pushed. If the push moved a protecting tag, the row of the image that had it until then is rebuilt: that image is no
/// longer protected, and no event will say so.
/// </summary>
sealed class PushRecorder(RunContext run, RetentionPolicy policy)
{
    const int Tries = 8;

    // Events carry whole seconds: one that is no later than the push is the push's own.
    static readonly TimeSpan EventResolution = TimeSpan.FromSeconds(1);

    readonly RowRefresher refresher = new(run);

    /// <summary>A manifest whose members could not be read; null if all could. It is active, so it may name any manifest.</summary>
    public UnreadableList? Unreadable => refresher.Unreadable.Select(d => new UnreadableList(d, Until: null)).FirstOrDefault();

    /// <returns>Null if the pushed manifest is not there.</returns>
    /// <param name="view">The row of the pushed digest and the entry of the pushed tag, read before ECR is asked.</param>
    public async Task<KnownManifest?> RecordAsync(ImagePush push, IndexView view, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var recorded = await refresher.RefreshAsync([push.Digest], policy, view.Rows, push, cancellationToken);
            if (!recorded.TryGetValue(push.Digest, out var pushed))
                return null;
            if (!view.Rows.ContainsKey(push.Digest))
                await RemoveOutlivedTombstoneAsync(push, pushed.Known.Manifest, cancellationToken);
            if (push.Tag is null || policy.ProtectTags.FirstMatch(push.Tag) is null || view.ProtectingTag?.Row.Digest == push.Digest)
                return pushed.Known;

            // The event says that the tag moved, even if ECR's answer doesn't show it yet, or if it has moved on by now.
            var hasTag = pushed.Known.Manifest.Tags.Contains(push.Tag, StringComparer.Ordinal);
            if (view.ProtectingTag is { } former && (hasTag || IsOlder(former, push)))
                await RebuildAsync(former.Row, push.Tag, cancellationToken);
            if (!hasTag)
                return pushed.Known;

            var protectingTag = new ProtectingTag
            {
                Tag = push.Tag, Row = pushed.Row, Revision = view.ProtectingTag?.Revision ?? IndexRow.Unwritten,
            };
            if (await run.Index.TryWriteProtectingTagAsync(run.Repository, protectingTag, cancellationToken))
                return pushed.Known;

            // Another push has moved the same tag since: ECR is asked again which image has it.
            view = await run.Index.ReadAsync(run.Repository, [push.Digest], push.Tag, cancellationToken);
        }

        throw new ContestedRowException(run.Repository, push.Digest.Value);
    }

    async Task RebuildAsync(IndexRow former, string movedTag, CancellationToken cancellationToken)
    {
        var formerRow = new Dictionary<Digest, IndexRow> { [former.Digest] = former };
        var rebuilt = await refresher.RefreshAsync([former.Digest], policy, formerRow, push: null, cancellationToken, movedTag);
        // Its row keeps the tag if ECR may not show the image yet: the tag is noted once ECR does.
        if (!rebuilt.ContainsKey(former.Digest) && TagLag.MayHide(former.PushedAt, run.Now))
            throw new NotVisibleYetException(run.Repository, former.Digest, "the image that had its tag before");

        await RebuildOwnersAsync(rebuilt, cancellationToken);
    }

    // True if its row was written before the tag was pushed elsewhere, a moment ago.
    bool IsOlder(ProtectingTag former, ImagePush push) =>
        TagLag.MayHide(push.Time, run.Now) && former.Row.WrittenAt < push.Time + EventResolution;

    // The image survived its own delete, because it gained a tag in that moment: the event of that tag is the first to show it.
    async Task RemoveOutlivedTombstoneAsync(ImagePush push, Manifest manifest, CancellationToken cancellationToken)
    {
        if (push.Time - manifest.PushedAt > EventResolution
            && await run.Index.FindTombstoneAsync(run.Repository, push.Digest, cancellationToken) is { } tombstone
            && tombstone.PushedAt == manifest.PushedAt)
        {
            await run.Index.RemoveTombstoneAsync(run.Repository, tombstone, cancellationToken);
        }
    }

    // A protecting tag on a member protected the whole group: the rows of its owners, to the top, are rebuilt as well.
    async Task RebuildOwnersAsync(
        IReadOnlyDictionary<Digest, (KnownManifest Known, IndexRow Row)> rebuilt, CancellationToken cancellationToken)
    {
        var seen = new HashSet<Digest>();
        while (true)
        {
            var owners = rebuilt.Values
                .SelectMany(m => m.Known.History.Owners.Concat(ReferrerTag.AllSubjectsOf(m.Known.Manifest)))
                .Where(owner => !seen.Contains(owner))
                .ToHashSet();
            if (owners.Count == 0)
                return;

            seen.UnionWith(owners);
            rebuilt = await refresher.RefreshAsync(owners, policy, known: null, push: null, cancellationToken);
        }
    }
}
