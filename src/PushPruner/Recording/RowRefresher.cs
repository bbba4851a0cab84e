using System.Collections.Concurrent;
using PushPruner.Jobs;
using PushPruner.Listing;

namespace PushPruner.Recording;

/// <summary>Brings single rows up to date with ECR's answer: the row of a pushed manifest, and rows that ECR contradicted.</summary>
sealed class RowRefresher
{
    const int Tries = 8;

    readonly RunContext run;
    readonly ManifestReader reader;
    readonly MemberLinker linker;
    readonly Dictionary<Digest, Manifest> unknown = [];

    public RowRefresher(RunContext run)
    {
        this.run = run;
        reader = new ManifestReader(run);
        linker = new MemberLinker(run, reader);
    }

    /// <summary>Manifests that may name anything.</summary>
    public IEnumerable<Digest> Unreadable => reader.Unreadable.Concat(unknown.Keys);

    /// <summary>Asks ECR for these manifests and writes their rows. Rows of manifests that are gone are removed.</summary>
    /// <param name="known">The rows of these digests, read before ECR is asked; null reads them.</param>
    /// <param name="push">The event being handled, when it names one of them.</param>
    /// <param name="movedTag">A tag that is known to have moved to another manifest.</param>
    /// <returns>What ECR said of those that are there, as it is now in the index.</returns>
    /// <exception cref="NotVisibleYetException">ECR doesn't return a manifest list that was pushed less than two minutes ago.</exception>
    public async Task<IReadOnlyDictionary<Digest, (KnownManifest Known, IndexRow Row)>> RefreshAsync(
        IReadOnlyCollection<Digest> digests,
        RetentionPolicy policy,
        IReadOnlyDictionary<Digest, IndexRow>? known,
        ImagePush? push,
        CancellationToken cancellationToken,
        string? movedTag = null)
    {
        var recorded = new ConcurrentDictionary<Digest, (KnownManifest Known, IndexRow Row)>();
        var left = digests;
        for (var tries = 0; left.Count > 0 && tries < Tries; tries++)
        {
            // The row is read before ECR is asked: a write on condition of its revision then never overwrites a newer answer with an older.
            var rows = tries == 0 && known is not null ? known : await run.Index.ReadRowsAsync(run.Repository, left, cancellationToken);
            var description = Without(movedTag, await run.Registry.DescribeAsync(run.Repository, left, cancellationToken));
            foreach (var manifest in description.Found.Where(m => !MediaTypes.IsKnown(m.MediaType)))
                unknown[manifest.Digest] = manifest;

            var unseen = await TagLag.FindAsync(run, description.Found, rows, movedTag, cancellationToken);
            await reader.ReadListsAsync(description.Found, rows, cancellationToken);
            await linker.LinkMembersAsync(description.Found, rows, cancellationToken);
            await RunContext.InParallelAsync(
                description.Gone, d => RemoveGoneAsync(d, rows.GetValueOrDefault(d), d == push?.Digest ? push : null, cancellationToken));
            await RunContext.InParallelAsync(description.Found, async manifest =>
            {
                var row = rows.GetValueOrDefault(manifest.Digest);
                var now = reader.Apply(KnownManifest.From(manifest, row, push, run.Now, unseen.GetValueOrDefault(manifest.Digest)));
                if (await TryWriteAsync(now, row, policy, push, cancellationToken) is { } written)
                    recorded[manifest.Digest] = (now, written);
            });
            left = [.. description.Found.Select(m => m.Digest).Where(d => !recorded.ContainsKey(d))];
        }

        return left.Count == 0
            ? recorded
            : throw new ContestedRowException(run.Repository, left.First().Value);
    }

    /// <summary>
    /// Removes the rows of manifests that are gone. A row that another run has written since it was read is left to that run.
    /// </summary>
    /// <param name="rows">Read before ECR said so; null where none could be read.</param>
    public Task RemoveGoneAsync(IReadOnlyDictionary<Digest, IndexRow?> rows, CancellationToken cancellationToken) =>
        RunContext.InParallelAsync(rows, row => RemoveGoneAsync(row.Key, row.Value, push: null, cancellationToken));

    // A signature whose tag had moved to a newer one before its own event came: the event alone says what it signs.
    static IReadOnlyList<Digest> SubjectsOf(KnownManifest known, ImagePush? push) =>
        known.IsFormerReferrer
        && push?.Digest == known.Digest
        && push.Tag is { } tag
        && ReferrerTag.SubjectNamedBy(tag, known.Manifest) is { } subject
            ? [subject]
            : ReferrerTag.AllSubjectsOf(known.Manifest);

    // ECR has shown the tag on another manifest: an answer that still has it here is the older one.
    static Description Without(string? movedTag, Description description) => movedTag is null
        ? description
        : description with { Found = [.. description.Found.Select(m => m with { Tags = [.. m.Tags.Where(t => t != movedTag)] })] };

    // Null if another run has written the row since it was read.
    async Task<IndexRow?> TryWriteAsync(
        KnownManifest known, IndexRow? row, RetentionPolicy policy, ImagePush? push, CancellationToken cancellationToken)
    {
        var rebuilt = RowBuilder.Build(policy, run.Now, known, row?.Revision ?? IndexRow.Unwritten);
        if (row?.HasSameContentAs(rebuilt) == true)
            return row;

        // ECR knows no other digests, and a subject by one can't be in the repository.
        foreach (var subject in SubjectsOf(known, push).Where(s => s.IsSha256))
            await run.Index.AddReferrerAsync(run.Repository, subject, rebuilt.Digest, cancellationToken);
        return await run.Index.TryWriteAsync(run.Repository, rebuilt, cancellationToken);
    }

    // A row that can't be read may still hold a place: it is taken out with its manifest, or it would be proposed for ever.
    async Task RemoveGoneAsync(Digest digest, IndexRow? row, ImagePush? push, CancellationToken cancellationToken)
    {
        // ECR may not show it yet.
        if (TagLag.MayHide(row?.PushedAt, run.Now) || TagLag.MayHide(push?.Time, run.Now))
            return;

        // The row of a deleted owner is left until what it owned is gone as well: nothing else leads there.
        if (push is not null && row is not null && row.History.Followers().Any())
            return;

        if (row is not null)
            await run.RemoveRowAsync(row, KinOf(row.History), cancellationToken);
        else
            await run.Index.TryRemoveAsync(run.Repository, digest, IndexRow.Unwritten, cancellationToken);
    }

    // Should it be pushed again, no event will say once more whose it is and who refers to it.
    static ManifestHistory? KinOf(ManifestHistory history) => history.Owners.Count == 0 && history.Referrers.Count == 0
        ? null
        : new ManifestHistory { Owners = history.Owners, WasMember = history.Owners.Count > 0, Referrers = history.Referrers };
}
