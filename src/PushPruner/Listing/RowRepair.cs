using PushPruner.Jobs;
using PushPruner.Recording;

namespace PushPruner.Listing;

/// <summary>Makes the index say of a repository what a full listing said, writing only what differs.</summary>
/// <param name="policy">The policy that pushes will ask the index with.</param>
/// <param name="contents">
/// What the index held before the listing began: what was written since has another revision and is left alone.
/// </param>
sealed class RowRepair(RunContext run, RetentionPolicy policy, IndexContents contents)
{
    readonly Dictionary<Digest, IndexRow> current = [];
    readonly List<IndexRow> leading = [];
    readonly List<Digest> missing = [];
    readonly List<Digest> stale = [];
    int phantoms;

    /// <summary>How far the index was from ECR's answer, what has been deleted since not counted.</summary>
    public Drift DriftWithout(IReadOnlySet<Digest> deleted) =>
        new(missing.Count(d => !deleted.Contains(d)), phantoms, stale.Count(d => !deleted.Contains(d)));

    /// <summary>
    /// Rows of manifests that are gone and left parts behind: nothing else leads a push to those, so they stay, out of the window, until
    /// the parts have been seen to.
    /// </summary>
    public IReadOnlyCollection<IndexRow> Leading => leading;

    /// <summary>True if the row of this manifest now says what the listing said; false if another run has written it since.</summary>
    public bool IsRecorded(Digest digest) => current.ContainsKey(digest);

    /// <param name="analysis">What the listing said.</param>
    /// <param name="verdicts">One for each of its manifests, in their order.</param>
    public async Task RunAsync(ListingAnalysis analysis, IReadOnlyList<Verdict> verdicts, CancellationToken cancellationToken)
    {
        // What was pushed a moment ago a listing may not show yet.
        var gone = contents.Rows.Values
            .Where(row => !analysis.Manifests.ContainsKey(row.Digest) && !TagLag.MayHide(row.PushedAt, run.Now))
            .ToList();
        // A row that only says what others name has never had a manifest, and one that only leads on is known for what it is.
        phantoms = gone.Count(row => row.PushedAt is not null && !(row.RankedAt is null && LeadsOn(row, analysis.Manifests)));
        await InTimeAsync(
            gone.Where(row => !LeadsOn(row, analysis.Manifests)),
            row => run.RemoveRowAsync(row, analysis.Absent.GetValueOrDefault(row.Digest), cancellationToken));
        await InTimeAsync(gone.Where(row => LeadsOn(row, analysis.Manifests)), row => KeepAsync(row, cancellationToken));
        var named = analysis.Absent
            .Where(a => !contents.Rows.ContainsKey(a.Key))
            .Select(a => new IndexRow { Digest = a.Key, History = a.Value });
        await InTimeAsync(
            named,
            async row =>
            {
                if (await TryWriteAsync(row, cancellationToken) is null)
                    await AddKinAsync(row, cancellationToken);
            });

        IEnumerable<IndexRow> Changed(bool isOwned)
        {
            foreach (
                var (known, verdict) in analysis.Manifests.Values.Zip(verdicts).Where(f => f.First.History.Owners.Count > 0 == isOwned))
            {
                var row = contents.Rows.GetValueOrDefault(known.Digest);
                var rebuilt = RowBuilder.Build(policy, run.Now, known, row?.Revision ?? IndexRow.Unwritten, verdict);
                // Where ECR's answer is older than the row, the row is right.
                if (row is not null
                    && (known.IsLagging || row.HasSameContentAs(rebuilt) || RowBuilder.DiffersInUnprotectedTagsOnly(row, rebuilt, policy)))
                {
                    current.Add(row.Digest, row);
                    continue;
                }

                // What this version can't read is in doubt, and is no drift: it is left as it is, however often it is listed.
                if (row?.History.IsOfNewerVersion == true)
                {
                    yield return rebuilt;
                    continue;
                }

                if (row?.PushedAt is null)
                    missing.Add(known.Digest);
                else if (!RowBuilder.DiffersWithoutEvent(row, rebuilt, policy))
                    stale.Add(known.Digest);
                yield return rebuilt;
            }
        }

        // An index takes no place before the rows of its members say whose they are.
        await InTimeAsync(Changed(isOwned: true), row => WriteAsync(row, cancellationToken));
        await InTimeAsync(Changed(isOwned: false), row => WriteAsync(row, cancellationToken));
        await RepairProtectingTagsAsync(analysis.Manifests, cancellationToken);
        await RemoveOutlivedTombstonesAsync(analysis.Manifests, cancellationToken);

        run.Logger.Resynced(run.Repository, analysis.Manifests.Count, missing.Count, phantoms, stale.Count);
    }

    // What has no row and a tombstone of the same push survived its delete, because it gained a tag in that moment.
    async Task RemoveOutlivedTombstonesAsync(IReadOnlyDictionary<Digest, KnownManifest> knownManifests, CancellationToken cancellationToken)
    {
        if (contents.Rows.Count == 0 || missing.Count == 0 || run.IsShortOfTime)
            return;

        var tombstones = await run.Index.FindTombstonesAsync(run.Repository, missing, cancellationToken);
        await InTimeAsync(
            tombstones.Values.Where(t => t.PushedAt == knownManifests[t.Digest].Manifest.PushedAt),
            t => run.Index.RemoveTombstoneAsync(run.Repository, t, cancellationToken));
    }

    static bool LeadsOn(IndexRow row, IReadOnlyDictionary<Digest, KnownManifest> knownManifests) =>
        row.DueFrom is not null && row.History.Followers().Any(knownManifests.ContainsKey);

    async Task KeepAsync(IndexRow row, CancellationToken cancellationToken)
    {
        var kept = row.RankedAt is null ? row : await TryWriteAsync(row with { RankedAt = null }, cancellationToken);
        if (kept is null)
            return;

        lock (leading)
            leading.Add(kept);
    }

    async Task WriteAsync(IndexRow row, CancellationToken cancellationToken)
    {
        if (await TryWriteAsync(row, cancellationToken) is not { } written)
        {
            await AddKinAsync(row, cancellationToken);
            return;
        }

        lock (current)
            current.Add(written.Digest, written);
    }

    async Task<IndexRow?> TryWriteAsync(IndexRow row, CancellationToken cancellationToken)
    {
        var written = await run.Index.TryWriteAsync(run.Repository, row, cancellationToken);
        if (written is not null)
            run.Invocation.Counters.NoteRowWritten();
        return written;
    }

    // Another run has written the row since, and does not know what only the listing showed.
    async Task AddKinAsync(IndexRow row, CancellationToken cancellationToken)
    {
        foreach (var owner in row.History.Owners)
            await run.Index.AddOwnerAsync(run.Repository, row.Digest, owner, cancellationToken);
        foreach (var referrer in row.History.Referrers)
            await run.Index.AddReferrerAsync(run.Repository, row.Digest, referrer, cancellationToken);
    }

    async Task RepairProtectingTagsAsync(IReadOnlyDictionary<Digest, KnownManifest> knownManifests, CancellationToken cancellationToken)
    {
        var held = new Dictionary<string, IndexRow>(StringComparer.Ordinal);
        var tags = new HashSet<string>(StringComparer.Ordinal);
        // If an answer may be older than the index, the event of the tag says which image has it.
        var unsure = knownManifests.Values.Where(f => f.IsLagging).SelectMany(f => f.Manifest.Tags).ToHashSet(StringComparer.Ordinal);
        foreach (var known in knownManifests.Values)
        {
            foreach (var tag in known.Manifest.Tags.Where(tag => policy.ProtectTags.FirstMatch(tag) is not null))
            {
                tags.Add(tag);
                if (current.TryGetValue(known.Digest, out var row))
                    held[tag] = row;
            }
        }

        var moved = held.Where(b => !unsure.Contains(b.Key)
            && contents.ProtectingTags.GetValueOrDefault(b.Key)?.Row.Digest is var former
            && former != b.Value.Digest
            && IsCorrected(former));
        await InTimeAsync(
            moved,
            b => run.Index.TryWriteProtectingTagAsync(
                run.Repository,
                new ProtectingTag
                {
                    Tag = b.Key,
                    Row = b.Value,
                    Revision = contents.ProtectingTags.GetValueOrDefault(b.Key)?.Revision ?? IndexRow.Unwritten,
                },
                cancellationToken));

        // If another run has written the row of the image that had the tag, that row may still have it. As long as the entry names that
        // image, the event of the tag corrects it.
        bool IsCorrected(Digest? former) => former is not { } had || current.ContainsKey(had) || !knownManifests.ContainsKey(had);

        var notHeld = contents.ProtectingTags.Values.Where(b => !tags.Contains(b.Tag));
        await InTimeAsync(notHeld, b => run.Index.TryRemoveProtectingTagAsync(run.Repository, b.Tag, b.Revision, cancellationToken));
    }

    Task InTimeAsync<T>(IEnumerable<T> items, Func<T, Task> doAsync) =>
        RunContext.InParallelAsync(items.TakeWhile(_ => !run.IsShortOfTime), doAsync);
}
