using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Brings single rows up to ECR's word: that of a pushed manifest, and those that ECR contradicted.</summary>
sealed class RowRefresher
{
    const int Tries = 8;

    readonly RunContext bench;
    readonly ManifestReader reading;
    readonly MemberLinker claims;
    readonly Dictionary<Digest, Manifest> unknown = [];

    public RowRefresher(RunContext bench)
    {
        this.bench = bench;
        reading = new ManifestReader(bench);
        claims = new MemberLinker(bench, reading);
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
            var rows = tries == 0 && known is not null ? known : await bench.Index.ReadRowsAsync(bench.Repository, left, cancellationToken);
            var description = await bench.Registry.DescribeAsync(bench.Repository, left, cancellationToken);
            // ECR has shown the tag on another manifest: an answer that still has it here is the older one.
            if (movedTag is not null)
                description = description with { Found = [.. description.Found.Select(m => m with { Tags = [.. m.Tags.Where(t => t != movedTag)] })] };

            foreach (var manifest in description.Found.Where(m => !MediaTypes.IsKnown(m.MediaType)))
                unknown[manifest.Digest] = manifest;
            var unseen = await TagLag.FindAsync(bench, description.Found, rows, movedTag, cancellationToken);
            await reading.ReadListsAsync(description.Found, rows, cancellationToken);
            await claims.LinkMembersAsync(description.Found, rows, cancellationToken);
            await RunContext.InParallelAsync(description.Gone, d => RemoveGoneAsync(d, rows.GetValueOrDefault(d), d == push?.Digest ? push : null, cancellationToken));

            var contested = new List<Digest>();
            await RunContext.InParallelAsync(description.Found, async manifest =>
            {
                var row = rows.GetValueOrDefault(manifest.Digest);
                var fact = reading.Apply(Recall.From(manifest, row, push, bench.Now, unseen.GetValueOrDefault(manifest.Digest)));
                var filed = RowBuilder.Build(policy, bench.Now, fact, row?.Revision ?? IndexRow.Unwritten);
                var written = row?.SaysTheSameAs(filed) == true ? row : await WriteAsync(SubjectsOf(fact, push), filed, cancellationToken);
                lock (contested)
                {
                    if (written is not null)
                        recorded.Add(manifest.Digest, (fact, written));
                    else
                        contested.Add(manifest.Digest);
                }
            });
            left = contested;
        }

        return left.Count == 0
            ? recorded
            : throw new ContestedRowException(bench.Repository, left.First().Value);
    }

    /// <summary>Takes out the rows of manifests that are gone. One that another run has written since it was read is that run's.</summary>
    /// <param name="rows">Read before ECR said so; null where none could be read.</param>
    public Task RemoveGoneAsync(IReadOnlyDictionary<Digest, IndexRow?> rows, CancellationToken cancellationToken) =>
        RunContext.InParallelAsync(rows, row => RemoveGoneAsync(row.Key, row.Value, push: null, cancellationToken));

    // A signature whose tag had moved to a newer one before its own event came: the event alone says what it signs.
    static IReadOnlyList<Digest> SubjectsOf(KnownManifest fact, ImagePush? push) =>
        fact.IsFormerReferrer && push?.Digest == fact.Digest && push.Tag is { } tag && ReferrerTag.SubjectNamedBy(tag, fact.Manifest) is { } subject
            ? [subject]
            : ReferrerTag.AllSubjectsOf(fact.Manifest);

    async Task<IndexRow?> WriteAsync(IEnumerable<Digest> subjects, IndexRow filed, CancellationToken cancellationToken)
    {
        // ECR knows no other digests, and a subject by one can't be in the repository.
        foreach (var subject in subjects.Where(s => s.IsSha256))
            await bench.Index.AddReferrerAsync(bench.Repository, subject, filed.Digest, cancellationToken);
        return await bench.Index.TryWriteAsync(bench.Repository, filed, cancellationToken);
    }

    // A row that can't be read may still hold a place: it is taken out with its manifest, or it would be proposed for ever.
    async Task RemoveGoneAsync(Digest digest, IndexRow? row, ImagePush? push, CancellationToken cancellationToken)
    {
        // ECR may not show it yet.
        if (TagLag.MayHide(row?.PushedAt, bench.Now) || TagLag.MayHide(push?.Time, bench.Now))
            return;

        // An owner that went leaves its row until what it owned is gone as well: nothing else leads there.
        if (push is not null && row is not null && row.History.Followers().Any())
            return;

        if (row is not null)
            await bench.RemoveRowAsync(row, KinOf(row.History), cancellationToken);
        else
            await bench.Index.TryRemoveAsync(bench.Repository, digest, IndexRow.Unwritten, cancellationToken);
    }

    // Should it be pushed again, no event will say once more whose it is and who refers to it.
    static ManifestHistory? KinOf(ManifestHistory memory) => memory.Owners.Count == 0 && memory.Referrers.Count == 0
        ? null
        : new ManifestHistory { Owners = memory.Owners, WasMember = memory.Owners.Count > 0, Referrers = memory.Referrers };
}
