using System.Collections.Frozen;
using PushPruner.Jobs;
using PushPruner.Pruning;
using PushPruner.Recording;

namespace PushPruner.Listing;

/// <summary>Lists one repository in full, decides on it, and sets its rows right. It deletes nothing.</summary>
/// <param name="request">What a reconcile was asked for; null on a push.</param>
sealed class Resync(RunContext run, ReconcileRequest? request = null)
{
    const int ManifestsAPage = 1_000;

    /// <summary>What a listing showed, and what the rule says of it.</summary>
    /// <param name="Begun">When the listing began.</param>
    /// <param name="Verdicts">One for each manifest, in their order.</param>
    /// <param name="Overrides">Read after the listing.</param>
    /// <param name="Gone">What was once here and is named by what still is, as far as it had to be known.</param>
    public sealed record DecidedListing(
        DateTimeOffset Begun,
        ListingAnalysis Analysis,
        IReadOnlyList<Verdict> Verdicts,
        TimedOverrides Overrides,
        IReadOnlySet<Digest> Gone);

    /// <summary>A listing that came to its end.</summary>
    /// <param name="Analysis">What it showed.</param>
    /// <param name="Verdicts">The rule's, one for each manifest, in their order.</param>
    /// <param name="Overrides">Read after the listing.</param>
    /// <param name="Repair">Of the index: how far that was from the listing.</param>
    /// <param name="Begun">When the listing began.</param>
    /// <param name="Gone">What was once here and is named by what still is, as far as it had to be known.</param>
    /// <param name="IsPushRecorded">
    /// False if another run has written the pushed manifest's row since: it has to be recorded on top of that.
    /// </param>
    public sealed record Listing(
        ListingAnalysis Analysis,
        IReadOnlyList<Verdict> Verdicts,
        TimedOverrides Overrides,
        RepositoryState State,
        RowRepair Repair,
        DateTimeOffset Begun,
        IReadOnlySet<Digest> Gone,
        bool IsPushRecorded)
    {
        /// <summary>Every manifest of the repository.</summary>
        public IReadOnlyDictionary<Digest, KnownManifest> Manifests => Analysis.Manifests;
    }

    /// <summary>Null when the function's time runs short; what was written by then is right, but not all.</summary>
    /// <param name="state">The repository's state as read; null when the index has never seen it.</param>
    /// <param name="push">The event being handled.</param>
    public async Task<Listing?> RunAsync(RepositoryState? state, ImagePush? push, CancellationToken cancellationToken)
    {
        // Rows are read before the listing begins: one that a push writes in the meantime has another revision and is left alone.
        var contents = await run.Index.ReadAllAsync(run.Repository, cancellationToken);
        if (await ListAndDecideAsync(contents.Rows, push, cancellationToken) is not { } sight)
            return null;

        var (begun, analysis, verdicts, overrides, gone) = sight;
        var policy = overrides.Value.ApplyTo(run.Settings.Policy);
        var repair = new RowRepair(run, policy, contents);
        run.Invocation.Counters.NoteListed(
            analysis.Manifests.Count,
            state?.ListedAt is { } before ? EventCoverage.Of(contents.Rows, analysis.Manifests.Values, before, begun) : null);
        await repair.RunAsync(analysis, verdicts, cancellationToken);
        if (run.IsShortOfTime)
            return null;

        var knownManifests = analysis.Manifests;
        var unreadable = UnreadableList.WidestOf(knownManifests.Values, run.Settings.Policy.SettleTime);
        var set = new RepositoryState
        {
            ListedAt = begun,
            Unreadable = unreadable,
            Overrides = overrides.Value,
            ContendedUntil = state?.ContendedUntil,
            HaltedUnder = state?.HaltedUnder,
            Revision = state?.Revision ?? IndexRow.Unwritten,
        };
        if (state?.ListedAt is null)
            await run.Index.AddRepositoryAsync(run.Repository, cancellationToken);
        // When it was last listed alone isn't worth a write.
        set =
            state?.ListedAt is not null && state == set with { ListedAt = state.ListedAt }
                ? state
                : await WriteListedAsync(set, state, cancellationToken);
        return new Listing(
            analysis,
            verdicts,
            overrides,
            set,
            repair,
            begun,
            gone,
            push is null || !knownManifests.ContainsKey(push.Digest) || repair.IsRecorded(push.Digest));
    }

    /// <summary>Lists and decides, and sets nothing right. Null when the run's time runs short; what was read by then is kept.</summary>
    /// <param name="rows">What the index holds of the repository.</param>
    public async Task<DecidedListing?> ListAndDecideAsync(
        IReadOnlyDictionary<Digest, IndexRow> rows, ImagePush? push, CancellationToken cancellationToken)
    {
        var begun = run.Now;
        if (await ListAsync(rows, push, cancellationToken) is not { } listed)
            return null;

        var overrides = await TimedOverrides.ReadAsync(run, cancellationToken);
        var settleTime = run.Settings.Policy.SettleTime;
        var unreadable = UnreadableList.Wider(UnreadableList.WidestOf(listed.Values, settleTime), HiddenList(listed, rows));
        var analysis = ListingAnalysis.Of(listed, begun - settleTime, unreadable);

        // A push proposes what the index places, and a lone referrer has no place: only a reconcile needs to know what was once here.
        var gone = request is null
            ? FrozenSet<Digest>.Empty
            : await LoneReferrers.FindLostSubjectsAsync(run, analysis.Manifests, rows, cancellationToken);
        analysis = analysis.WithLostSubjects(gone);
        var policy = (request ?? new ReconcileRequest(run.Repository)).ApplyTo(run.Settings.Policy, overrides.Value);
        var verdicts = Retention.Decide(policy, begun, analysis.Manifests.Values, Scope.WholeRepository, gone, unreadable);
        return new DecidedListing(begun, analysis, verdicts, overrides, gone);
    }

    async Task<IReadOnlyDictionary<Digest, KnownManifest>?> ListAsync(
        IReadOnlyDictionary<Digest, IndexRow> rows, ImagePush? push, CancellationToken cancellationToken)
    {
        var manifests = new Dictionary<Digest, Manifest>();
        await foreach (var manifest in run.Registry.ListAsync(run.Repository, cancellationToken))
        {
            if (run.IsShortOfTime)
                return null;

            manifests[manifest.Digest] = manifest;
            if (manifests.Count % ManifestsAPage == 0)
                run.Progress?.Listed(manifests.Count);
        }

        run.Progress?.Listed(manifests.Count);
        var reader = new ManifestReader(run);
        var unseen = await TagLag.FindAsync(run, manifests.Values, rows, push?.Tag, cancellationToken);
        if (!await reader.ReadListsAsync(manifests.Values, rows, cancellationToken)
            || !await reader.ReadKindsAsync(WithoutEvidence(manifests, KnownManifestOf), rows, cancellationToken))
        {
            await reader.KeepAsync(manifests.Keys, rows, cancellationToken);
            return null;
        }

        return manifests.Values.Select(KnownManifestOf).ToDictionary(f => f.Digest);

        KnownManifest KnownManifestOf(Manifest manifest)
        {
            var row = rows.GetValueOrDefault(manifest.Digest);
            return reader.Apply(KnownManifest.From(manifest, row, push, run.Now, unseen.GetValueOrDefault(manifest.Digest)));
        }
    }

    // That no list names it is no evidence that an untagged manifest is an image: its bytes are read once. What is known to be something
    // else needs none, and what was just pushed may still be waiting for its list. Most have a tag: those are not looked at twice.
    List<Manifest> WithoutEvidence(Dictionary<Digest, Manifest> manifests, Func<Manifest, KnownManifest> factOf)
    {
        var settledBefore = run.Now - run.Settings.Policy.SettleTime;
        var unknown = manifests.Values
            .Where(m => m is { Tags.Count: 0, Status: ManifestStatus.Active, Subject: null } && m.PushedAt <= settledBefore)
            .Where(m => MediaTypes.IsKnown(m.MediaType) && !MediaTypes.IsManifestList(m.MediaType))
            .Select(factOf)
            .Where(f => f.History.Kind is null && f.History.ProvenFor != f.Manifest.PushedAt && !f.IsFormerReferrer && !f.IsLeftOver)
            .ToList();
        if (unknown.Count == 0)
            return [];

        var lists = manifests.Values.Where(m => MediaTypes.IsManifestList(m.MediaType)).Select(factOf);
        var owned = lists.SelectMany(f => f.History.Members ?? DigestSet.Empty).ToHashSet();
        return [.. unknown.Select(f => f.Manifest).Where(m => !owned.Contains(m.Digest))];
    }

    // A list that was pushed a moment ago, and that this listing doesn't show yet, owns its members all the same.
    UnreadableList? HiddenList(IReadOnlyDictionary<Digest, KnownManifest> listed, IReadOnlyDictionary<Digest, IndexRow> rows) => rows.Values
        .Where(row => row.History.Members is not null && !listed.ContainsKey(row.Digest) && TagLag.MayHide(row.PushedAt, run.Now))
        .Select(row => new UnreadableList(row.Digest, Until: null))
        .FirstOrDefault();

    // Another run may have listed as well, or given up and left its mark: a listing that came to its end wins over both.
    Task<RepositoryState> WriteListedAsync(RepositoryState listed, RepositoryState? before, CancellationToken cancellationToken) =>
        run.UpdateStateAsync(
            before,
            // A list that a push could not read in the meantime is in no listing.
            stored => stored.Revision == listed.Revision
                ? listed
                : listed with
                {
                    Revision = stored.Revision,
                    Unreadable = UnreadableList.Wider(listed.Unreadable, stored.Unreadable),
                    ContendedUntil = stored.ContendedUntil,
                    HaltedUnder = stored.HaltedUnder,
                },
            cancellationToken);
}
