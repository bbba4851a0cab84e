using PushPruner.Jobs;
using PushPruner.Recording;

namespace PushPruner.Listing;

/// <summary>
/// Reads the bytes of manifests: of manifest lists what they name, of untagged manifests what they are. Manifests never change, so each is
/// read once and what it says is kept; within a run too, because a second description already shows the first reading as a pull.
/// </summary>
sealed class ManifestReader(RunContext run)
{
    // ECR may return what was pushed a moment ago only at the next call, or the one after.
    const int Tries = 3;
    static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    readonly Dictionary<Digest, Reading> readings = [];

    sealed record Reading(ManifestContent? Content, DateTimeOffset At, DateTimeOffset? PulledBefore, bool IsList);

    /// <summary>The manifest lists that can't be read.</summary>
    public IEnumerable<Digest> Unreadable => readings.Where(r => r.Value is { Content: null, IsList: true }).Select(r => r.Key);

    /// <summary>The manifest lists that were read so far.</summary>
    public IEnumerable<(Digest List, ManifestContent Content)> Read =>
        readings.Where(r => r.Value is { Content.Members: not null }).Select(r => (r.Key, r.Value.Content!));

    /// <summary>Adds what was read of a manifest.</summary>
    public KnownManifest Apply(KnownManifest known) => readings.TryGetValue(known.Digest, out var reading)
        ? known with { History = Of(known.History, reading) }
        : known;

    /// <summary>Reads those of the manifests that are lists and whose members, or whose kind, no row has.</summary>
    /// <returns>False when the function's time ran short before all were asked for.</returns>
    /// <exception cref="NotVisibleYetException">ECR doesn't return a list that was pushed less than two minutes ago.</exception>
    public Task<bool> ReadListsAsync(
        IEnumerable<Manifest> manifests, IReadOnlyDictionary<Digest, IndexRow> rows, CancellationToken cancellationToken)
    {
        var unread = manifests
            .Where(m => MediaTypes.IsManifestList(m.MediaType) && m.Status == ManifestStatus.Active && !readings.ContainsKey(m.Digest))
            .Where(m => rows.GetValueOrDefault(m.Digest)?.History is not { Members: not null, Kind: not null })
            .ToList();
        return ReadAsync(unread, rows, ManifestContent.ReadList, isList: true, cancellationToken);
    }

    /// <summary>
    /// Reads manifests that are no lists, to know what they are. What can't be read stays unproven, and is asked for again another time.
    /// </summary>
    /// <returns>False when the function's time ran short before all were asked for.</returns>
    public Task<bool> ReadKindsAsync(
        IReadOnlyList<Manifest> manifests, IReadOnlyDictionary<Digest, IndexRow> rows, CancellationToken cancellationToken) =>
        ReadAsync(manifests, rows, ManifestContent.ReadPlain, isList: false, cancellationToken);

    /// <summary>
    /// Reads one of which no more is known than that another list names it as one. When it was pulled before that isn't known either, so
    /// this reading counts as a use: that only keeps it.
    /// </summary>
    public async Task ReadNestedAsync(IReadOnlyCollection<Digest> nested, CancellationToken cancellationToken)
    {
        var texts = await run.Registry.ReadManifestsAsync(run.Repository, nested, cancellationToken);
        foreach (var digest in nested)
        {
            var content = ManifestContent.ReadList(digest, texts.GetValueOrDefault(digest));
            readings[digest] = new(content, run.Now, PulledBefore: run.Now, IsList: true);
        }
    }

    /// <summary>
    /// Keeps what was read, in rows without a place, where a run has to end before it can record all: so that the next needn't read it
    /// again.
    /// </summary>
    public Task KeepAsync(IEnumerable<Digest> manifests, IReadOnlyDictionary<Digest, IndexRow> rows, CancellationToken cancellationToken) =>
        RunContext.InParallelAsync(manifests.Where(readings.ContainsKey), async digest =>
        {
            var row = rows.GetValueOrDefault(digest) ?? new IndexRow { Digest = digest };
            var kept = row with { History = Of(row.History, readings[digest]) };
            // One that another run has written in the meantime is read by that run.
            if (await run.Index.TryWriteAsync(run.Repository, kept.WithoutPlaces(), cancellationToken) is not null)
                run.Invocation.Counters.NoteRowWritten();
        });

    async Task<bool> ReadAsync(
        IReadOnlyList<Manifest> unread,
        IReadOnlyDictionary<Digest, IndexRow> rows,
        Func<Digest, string?, ManifestContent?> read,
        bool isList,
        CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var some in unread.Chunk(IRegistry.MaxIds))
        {
            // One call is always in time: the job has kept it some.
            if (done > 0 && run.IsShortOfTime)
                return false;

            var at = run.Now;
            var texts = await AskAsync(some, isList, cancellationToken);
            foreach (var manifest in some)
            {
                // One that couldn't be read before was read all the same, as far as ECR is concerned.
                var lastUse = Pulls.LastUse(
                    new KnownManifest(manifest, rows.GetValueOrDefault(manifest.Digest)?.History ?? ManifestHistory.None));
                readings[manifest.Digest] = new(read(manifest.Digest, texts.GetValueOrDefault(manifest.Digest)), at, lastUse, isList);
            }

            done += some.Length;
            run.Progress?.ReadIndexes(done, unread.Count);
        }

        return true;
    }

    // A list that was pushed a moment ago and isn't returned is no list that can't be read: the doubt would last until the next listing.
    async Task<IReadOnlyDictionary<Digest, string>> AskAsync(Manifest[] manifests, bool isList, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var texts = await run.Registry.ReadManifestsAsync(run.Repository, [.. manifests.Select(m => m.Digest)], cancellationToken);
            var lagging = manifests.FirstOrDefault(m => isList && !texts.ContainsKey(m.Digest) && TagLag.MayHide(m.PushedAt, run.Now));
            if (lagging is null)
                return texts;
            if (tries == Tries)
                throw new NotVisibleYetException(run.Repository, lagging.Digest, "the manifest list");

            await Task.Delay(BetweenTries, run.Clock, cancellationToken);
        }
    }

    static ManifestHistory Of(ManifestHistory history, Reading reading) => history with
    {
        Members = reading.IsList ? reading.Content?.Members ?? history.Members : history.Members,
        Kind = reading.Content?.Kind ?? history.Kind,
        ReadAt = reading.At,
        PulledBefore = reading.PulledBefore,
    };
}
