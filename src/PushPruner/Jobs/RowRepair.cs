using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Makes the index say of a repository what a full listing said, writing only what differs.</summary>
/// <param name="policy">The policy that pushes will ask the index with.</param>
/// <param name="contents">What the index held before the listing began: what was written since has another revision and is left alone.</param>
sealed class RowRepair(RunContext bench, RetentionPolicy policy, IndexContents contents)
{
    readonly Dictionary<Digest, IndexRow> current = [];
    readonly List<IndexRow> leading = [];
    readonly List<Digest> missing = [];
    readonly List<Digest> stale = [];
    int phantoms;

    /// <summary>How far the index was from ECR's word, what has been deleted since not counted.</summary>
    public Drift DriftWithout(IReadOnlySet<Digest> deleted) => new(missing.Count(d => !deleted.Contains(d)), phantoms, stale.Count(d => !deleted.Contains(d)));

    /// <summary>
    /// Rows of manifests that are gone and left parts behind: nothing else leads a push to those, so they stay, out of the window, until the parts
    /// have been seen to.
    /// </summary>
    public IReadOnlyCollection<IndexRow> Leading => leading;

    /// <summary>Whether the row of this manifest now says what the listing said; false when another run wrote it meanwhile.</summary>
    public bool IsRecorded(Digest digest) => current.ContainsKey(digest);

    /// <param name="recognition">What the listing said.</param>
    /// <param name="verdicts">One for each of its facts, in their order.</param>
    public async Task RunAsync(ListingAnalysis recognition, IReadOnlyList<Verdict> verdicts, CancellationToken cancellationToken)
    {
        // What was pushed a moment ago a listing may not show yet.
        var gone = contents.Rows.Values.Where(row => !recognition.Manifests.ContainsKey(row.Digest) && !TagLag.MayHide(row.PushedAt, bench.Now)).ToList();
        // A row that only says what others name has never had a manifest, and one that only leads on is known for what it is.
        phantoms = gone.Count(row => row.PushedAt is not null && !(row.RankedAt is null && LeadsOn(row, recognition.Manifests)));
        await InTimeAsync(gone.Where(row => !LeadsOn(row, recognition.Manifests)), row => bench.RemoveRowAsync(row, recognition.Absent.GetValueOrDefault(row.Digest), cancellationToken));
        await InTimeAsync(gone.Where(row => LeadsOn(row, recognition.Manifests)), row => KeepAsync(row, cancellationToken));
        var named = recognition.Absent.Where(a => !contents.Rows.ContainsKey(a.Key)).Select(a => new IndexRow { Digest = a.Key, History = a.Value });
        await InTimeAsync(named, async row =>
        {
            if (await TryWriteAsync(row, cancellationToken) is null)
                await AddKinAsync(row, cancellationToken);
        });

        IEnumerable<IndexRow> Changed(bool isOwned)
        {
            foreach (var (fact, verdict) in recognition.Manifests.Values.Zip(verdicts).Where(f => f.First.History.Owners.Count > 0 == isOwned))
            {
                var row = contents.Rows.GetValueOrDefault(fact.Digest);
                var filed = RowBuilder.Build(policy, bench.Now, fact, row?.Revision ?? IndexRow.Unwritten, verdict);
                // Where ECR's answer is older than the row, the row is right.
                if (row is not null && (fact.IsLagging || row.SaysTheSameAs(filed) || RowBuilder.DiffersInIdleTagsAlone(row, filed, policy)))
                {
                    current.Add(row.Digest, row);
                    continue;
                }

                // What nobody can read here is in doubt, and no drift: it stays as it is, however often it is listed.
                if (row?.History.IsOfNewerVersion == true)
                {
                    yield return filed;
                    continue;
                }

                if (row?.PushedAt is null)
                    missing.Add(fact.Digest);
                else if (!RowBuilder.DiffersWithoutEvent(row, filed, policy))
                    stale.Add(fact.Digest);
                yield return filed;
            }
        }

        // An index takes no place before the rows of its members say whose they are.
        await InTimeAsync(Changed(isOwned: true), row => WriteAsync(row, cancellationToken));
        await InTimeAsync(Changed(isOwned: false), row => WriteAsync(row, cancellationToken));
        await RepairBearersAsync(recognition.Manifests, cancellationToken);
        await RemoveOutlivedTombstonesAsync(recognition.Manifests, cancellationToken);

        bench.Logger.Resynced(bench.Repository, recognition.Manifests.Count, missing.Count, phantoms, stale.Count);
    }

    // What has no row and a tombstone of the same push survived its delete, because it gained a tag in that moment.
    async Task RemoveOutlivedTombstonesAsync(IReadOnlyDictionary<Digest, KnownManifest> facts, CancellationToken cancellationToken)
    {
        if (contents.Rows.Count == 0 || missing.Count == 0 || bench.IsShortOfTime)
            return;

        var tombstones = await bench.Index.FindTombstonesAsync(bench.Repository, missing, cancellationToken);
        await InTimeAsync(
            tombstones.Values.Where(t => t.PushedAt == facts[t.Digest].Manifest.PushedAt),
            t => bench.Index.RemoveTombstoneAsync(bench.Repository, t, cancellationToken));
    }

    static bool LeadsOn(IndexRow row, IReadOnlyDictionary<Digest, KnownManifest> facts) => row.DueFrom is not null && row.History.Followers().Any(facts.ContainsKey);

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
        var written = await bench.Index.TryWriteAsync(bench.Repository, row, cancellationToken);
        if (written is not null)
            bench.Invocation.Counters.NoteRowWritten();
        return written;
    }

    // Another run wrote the row meanwhile, and knows nothing of what only the listing told.
    async Task AddKinAsync(IndexRow row, CancellationToken cancellationToken)
    {
        foreach (var owner in row.History.Owners)
            await bench.Index.AddOwnerAsync(bench.Repository, row.Digest, owner, cancellationToken);
        foreach (var referrer in row.History.Referrers)
            await bench.Index.AddReferrerAsync(bench.Repository, row.Digest, referrer, cancellationToken);
    }

    async Task RepairBearersAsync(IReadOnlyDictionary<Digest, KnownManifest> facts, CancellationToken cancellationToken)
    {
        var borne = new Dictionary<string, IndexRow>(StringComparer.Ordinal);
        var tags = new HashSet<string>(StringComparer.Ordinal);
        // Where an answer may be older than the index, the event of the tag tells who has it.
        var unsure = facts.Values.Where(f => f.IsLagging).SelectMany(f => f.Manifest.Tags).ToHashSet(StringComparer.Ordinal);
        foreach (var fact in facts.Values)
        {
            foreach (var tag in fact.Manifest.Tags.Where(tag => policy.ProtectTags.FirstMatch(tag) is not null))
            {
                tags.Add(tag);
                if (current.TryGetValue(fact.Digest, out var row))
                    borne[tag] = row;
            }
        }

        var moved = borne.Where(b => !unsure.Contains(b.Key) && contents.ProtectingTags.GetValueOrDefault(b.Key)?.Row.Digest != b.Value.Digest);
        await InTimeAsync(moved, b => bench.Index.TryWriteProtectingTagAsync(
            bench.Repository,
            new ProtectingTag { Tag = b.Key, Row = b.Value, Revision = contents.ProtectingTags.GetValueOrDefault(b.Key)?.Revision ?? IndexRow.Unwritten },
            cancellationToken));

        var unborne = contents.ProtectingTags.Values.Where(b => !tags.Contains(b.Tag));
        await InTimeAsync(unborne, b => bench.Index.TryRemoveProtectingTagAsync(bench.Repository, b.Tag, b.Revision, cancellationToken));
    }

    Task InTimeAsync<T>(IEnumerable<T> items, Func<T, Task> doAsync) =>
        RunContext.InParallelAsync(items.TakeWhile(_ => !bench.IsShortOfTime), doAsync);
}
