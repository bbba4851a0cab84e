using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Recording;

/// <summary>
/// Records what was pushed. Where the push moved a protecting tag, the image that bore it until then is filed anew: it is no longer
/// protected, and no event will say so.
/// </summary>
sealed class PushRecorder(RunContext run, RetentionPolicy policy)
{
    const int Tries = 8;

    // Events carry whole seconds: one that is no later than the push is the push's own.
    static readonly TimeSpan EventResolution = TimeSpan.FromSeconds(1);

    readonly RowRefresher recorder = new(run);

    /// <summary>
    /// A manifest of which could not be read on the way what it names; null when all could. It is active, so it may name anything.
    /// </summary>
    public UnreadableList? Unreadable => recorder.Unreadable.Select(d => new UnreadableList(d, Until: null)).FirstOrDefault();

    /// <returns>Null when the pushed manifest is not there.</returns>
    /// <param name="view">The row of the pushed digest and the entry of the pushed tag, read before ECR is asked.</param>
    public async Task<KnownManifest?> RecordAsync(ImagePush push, IndexView view, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var recorded = await recorder.RefreshAsync([push.Digest], policy, view.Rows, push, cancellationToken);
            if (!recorded.TryGetValue(push.Digest, out var pushed))
                return null;
            if (!view.Rows.ContainsKey(push.Digest))
                await RemoveOutlivedTombstoneAsync(push, pushed.Known.Manifest, cancellationToken);
            if (push.Tag is null || policy.ProtectTags.FirstMatch(push.Tag) is null || view.ProtectingTag?.Row.Digest == push.Digest)
                return pushed.Known;

            // The event says that the tag moved, also where ECR's answer doesn't show it yet, or where it has moved on by now.
            var hasTag = pushed.Known.Manifest.Tags.Contains(push.Tag, StringComparer.Ordinal);
            if (view.ProtectingTag is { } former && (hasTag || IsOlder(former, push)))
                await RefileAsync(former.Row, push.Tag, cancellationToken);
            if (!hasTag)
                return pushed.Known;

            var protectingTag = new ProtectingTag
            {
                Tag = push.Tag, Row = pushed.Row, Revision = view.ProtectingTag?.Revision ?? IndexRow.Unwritten,
            };
            if (await run.Index.TryWriteProtectingTagAsync(run.Repository, protectingTag, cancellationToken))
                return pushed.Known;

            // Another push moved the same tag meanwhile: ECR is asked again which image has it.
            view = await run.Index.ReadAsync(run.Repository, [push.Digest], push.Tag, cancellationToken);
        }

        throw new ContestedRowException(run.Repository, push.Digest.Value);
    }

    async Task RefileAsync(IndexRow former, string movedTag, CancellationToken cancellationToken)
    {
        var formerRow = new Dictionary<Digest, IndexRow> { [former.Digest] = former };
        var refiled = await recorder.RefreshAsync([former.Digest], policy, formerRow, push: null, cancellationToken, movedTag);
        // Its row is kept with the tag where ECR may only not show it yet: the tag's holder is noted once it does.
        if (!refiled.ContainsKey(former.Digest) && TagLag.MayHide(former.PushedAt, run.Now))
            throw new NotVisibleYetException(run.Repository, former.Digest, "the image that had its tag before");

        await RefileOwnersAsync(refiled, cancellationToken);
    }

    // Whose row was written before the tag was pushed elsewhere, a moment ago.
    bool IsOlder(ProtectingTag former, ImagePush push) =>
        TagLag.MayHide(push.Time, run.Now) && former.Row.WrittenAt < push.Time + EventResolution;

    // It survived its own delete, because it gained a tag in that moment: the event of that tag is the first to know.
    async Task RemoveOutlivedTombstoneAsync(ImagePush push, Manifest manifest, CancellationToken cancellationToken)
    {
        if (push.Time - manifest.PushedAt > EventResolution
            && await run.Index.FindTombstoneAsync(run.Repository, push.Digest, cancellationToken) is { } tombstone
            && tombstone.PushedAt == manifest.PushedAt)
        {
            await run.Index.RemoveTombstoneAsync(run.Repository, tombstone, cancellationToken);
        }
    }

    // A protecting tag on a part protected the whole: its owners, to the top, are looked at again as well.
    async Task RefileOwnersAsync(
        IReadOnlyDictionary<Digest, (KnownManifest Known, IndexRow Row)> refiled, CancellationToken cancellationToken)
    {
        var seen = new HashSet<Digest>();
        while (true)
        {
            var owners = refiled.Values
                .SelectMany(m => m.Known.History.Owners.Concat(ReferrerTag.AllSubjectsOf(m.Known.Manifest)))
                .Where(seen.Add)
                .ToList();
            if (owners.Count == 0)
                return;

            refiled = await recorder.RefreshAsync(owners, policy, known: null, push: null, cancellationToken);
        }
    }
}
