using PushPruner.Jobs;
using PushPruner.Listing;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Recording;

/// <summary>Brings single rows up to ECR's word: that of a pushed manifest, and those that ECR contradicted.</summary>
sealed class RowRefresher
{
    const int Tries = 8;

    readonly RunContext run;
    readonly ManifestReader reading;
    readonly MemberLinker claims;
    readonly Dictionary<Digest, Manifest> unknown = [];

    public RowRefresher(RunContext run)
    {
        this.run = run;
        reading = new ManifestReader(run);
        claims = new MemberLinker(run, reading);
    }

    /// <summary>Those of which nobody knows what they name.</summary>
    public IEnumerable<Digest> Unreadable => reading.Unreadable.Concat(unknown.Keys);

    /// <summary>Asks ECR for these manifests and writes their rows; rows of manifests that are gone are taken out.</summary>
    /// <param name="known">The rows of these digests, read before ECR is asked; null reads them.</param>
    /// <param name="push">The event being handled, when it names one of them.</param>
    /// <param name="movedTag">A tag that is known to have moved to another manifest.</param>
    /// <returns>What ECR said of those that are there, now also the index's word.</returns>
    /// <exception cref="NotVisibleYetException">ECR doesn't return a manifest list that was pushed less than two minutes ago.</exception>
    public async Task<IReadOnlyDictionary<Digest, (KnownManifest Fact, IndexRow Row)>> RefreshAsync(
        IReadOnlyCollection<Digest> digests,
        RetentionPolicy policy,
        IReadOnlyDictionary<Digest, IndexRow>? known,
        ImagePush? push,
        CancellationToken cancellationToken,
        string? movedTag = null)
    {
        var recorded = new Dictionary<Digest, (KnownManifest Fact, IndexRow Row)>();
        var left = digests;
        for (var tries = 0; left.Count > 0 && tries < Tries; tries++)
        {
            // The row is read before ECR is asked: a write on condition of its revision then never overwrites newer word with older.
            var rows = tries == 0 && known is not null ? known : await run.Index.ReadRowsAsync(run.Repository, left, cancellationToken);
            var description = await run.Registry.DescribeAsync(run.Repository, left, cancellationToken);
            // ECR has shown the tag on another manifest: an answer that still has it here is the older one.
            if (movedTag is not null)
            {
                description = description with
                {
                    Found = [.. description.Found.Select(m => m with { Tags = [.. m.Tags.Where(t => t != movedTag)] })],
                };
            }

            foreach (var manifest in description.Found.Where(m => !MediaTypes.IsKnown(m.MediaType)))
                unknown[manifest.Digest] = manifest;
            var unseen = await TagLag.FindAsync(run, description.Found, rows, movedTag, cancellationToken);
            await reading.ReadListsAsync(description.Found, rows, cancellationToken);
            await claims.LinkMembersAsync(description.Found, rows, cancellationToken);
            await RunContext.InParallelAsync(
                description.Gone, d => RemoveGoneAsync(d, rows.GetValueOrDefault(d), d == push?.Digest ? push : null, cancellationToken));

            var contested = new List<Digest>();
            await RunContext.InParallelAsync(description.Found, async manifest =>
            {
                var row = rows.GetValueOrDefault(manifest.Digest);
                var known = reading.Apply(KnownManifest.From(manifest, row, push, run.Now, unseen.GetValueOrDefault(manifest.Digest)));
                var rebuilt = RowBuilder.Build(policy, run.Now, known, row?.Revision ?? IndexRow.Unwritten);
                var written = row?.SaysTheSameAs(rebuilt) == true ? row : await WriteAsync(SubjectsOf(known, push), rebuilt, cancellationToken);
                lock (contested)
                {
                    if (written is not null)
                        recorded.Add(manifest.Digest, (known, written));
                    else
                        contested.Add(manifest.Digest);
                }
            });
            left = contested;
        }

        return left.Count == 0
            ? recorded
            : throw new ContestedRowException(run.Repository, left.First().Value);
    }

    /// <summary>Takes out the rows of manifests that are gone. One that another run has written since it was read is that run's.</summary>
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

    async Task<IndexRow?> WriteAsync(IEnumerable<Digest> subjects, IndexRow rebuilt, CancellationToken cancellationToken)
    {
        // ECR knows no other digests, and a subject by one can't be in the repository.
        foreach (var subject in subjects.Where(s => s.IsSha256))
            await run.Index.AddReferrerAsync(run.Repository, subject, rebuilt.Digest, cancellationToken);
        return await run.Index.TryWriteAsync(run.Repository, rebuilt, cancellationToken);
    }

    // A row that can't be read may still hold a place: it is taken out with its manifest, or it would be proposed for ever.
    async Task RemoveGoneAsync(Digest digest, IndexRow? row, ImagePush? push, CancellationToken cancellationToken)
    {
        // ECR may not show it yet.
        if (TagLag.MayHide(row?.PushedAt, run.Now) || TagLag.MayHide(push?.Time, run.Now))
            return;

        // An owner that went leaves its row until what it owned is gone as well: nothing else leads there.
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
