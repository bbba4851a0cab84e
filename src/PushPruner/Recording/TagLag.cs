using PushPruner.Jobs;

namespace PushPruner.Recording;

/// <summary>
/// ECR's reads are eventually consistent: an answer may be older than what the index recorded a moment ago. Where a row was given a tag
/// within the last two minutes that ECR's answer lacks, and no row was given that tag since, the answer is the older of the two.
/// </summary>
static class TagLag
{
    /// <summary>How long ECR may take to show what was written.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>True when ECR may not show yet what was pushed then: that it doesn't find it is not believed.</summary>
    public static bool MayHide(DateTimeOffset? pushedAt, DateTimeOffset now) => now - pushedAt < Longest;

    /// <param name="manifests">What ECR just answered.</param>
    /// <param name="rows">All rows at hand, read before ECR was asked.</param>
    /// <param name="movedTag">The tag of the event being handled, which says itself that it moved to another image; null for none.</param>
    /// <returns>By manifest, the tags that ECR doesn't show yet; empty as a rule.</returns>
    public static async Task<IReadOnlyDictionary<Digest, IReadOnlyList<string>>> FindAsync(
        RunContext run,
        IReadOnlyCollection<Manifest> manifests,
        IReadOnlyDictionary<Digest, IndexRow> rows,
        string? movedTag,
        CancellationToken cancellationToken)
    {
        var since = run.Now - Longest;
        var unseen = new Dictionary<Digest, IReadOnlyList<string>>();
        Dictionary<string, long>? lastGiven = null;
        foreach (var manifest in manifests)
        {
            if (rows.GetValueOrDefault(manifest.Digest) is not { } row || !IsSince(row, since) || row.PushedAt != manifest.PushedAt)
                continue;

            var tags = row.Tags.Where(tag => tag != movedTag && !manifest.Tags.Contains(tag, StringComparer.Ordinal)).ToList();
            if (tags.Count == 0)
                continue;

            lastGiven ??= LastGiven(rows.Values, since);
            tags.RemoveAll(tag => lastGiven[tag] > row.Revision || HasNewerHolder(manifests, tag, row));
            for (var n = tags.Count - 1; n >= 0; n--)
            {
                // Another image that isn't at hand may have the tag by now: of protecting tags the index knows which.
                var view = await run.Index.ReadAsync(run.Repository, [], tags[n], cancellationToken);
                if (view.ProtectingTag is { } protectingTag
                    && protectingTag.Row.Digest != row.Digest
                    && protectingTag.Row.Revision > row.Revision)
                {
                    tags.RemoveAt(n);
                }
            }

            if (tags.Count > 0)
                unseen.Add(manifest.Digest, tags);
        }

        return unseen;
    }

    // Pushed after the row was written, and has the tag in the same answer: the tag moved there.
    static bool HasNewerHolder(IReadOnlyCollection<Manifest> manifests, string tag, IndexRow row) =>
        manifests.Any(m => m.PushedAt > row.WrittenAt && m.Tags.Contains(tag, StringComparer.Ordinal));

    // A revision in the future was written by a clock that is ahead: it is as recent as can be.
    static bool IsSince(IndexRow row, DateTimeOffset since) => row.WrittenAt > since;

    static Dictionary<string, long> LastGiven(IEnumerable<IndexRow> rows, DateTimeOffset since)
    {
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => IsSince(row, since)))
        {
            foreach (var tag in row.Tags)
                last[tag] = Math.Max(last.GetValueOrDefault(tag), row.Revision);
        }

        return last;
    }
}
