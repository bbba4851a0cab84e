using PushPruner.Deleting;
using PushPruner.Jobs;
using PushPruner.Listing;

namespace PushPruner.Pruning;

/// <summary>
/// Confirms one batch of a reconcile right before its delete: the overrides, the images with all that is kept and deleted together with
/// them, and the N that outrank them. The index names these again each time, because pushes go on.
/// </summary>
sealed class ReconcileConfirmer(RunContext run, ReconcileRequest request, Resync.Listing listing) : IConfirmer
{
    // Each round corrects what ECR contradicted. What is not settled by then waits for the next run.
    const int MaxRounds = 3;

    TimedOverrides overrides = listing.Overrides;

    /// <summary>Why some batch was kept whole; null when none was.</summary>
    public string? Why { get; private set; }

    /// <summary>True once another policy is in force than the approved one: then the rest is kept.</summary>
    public bool IsRefused { get; private set; }

    // Of referrers that name several, each has to be gone before they may follow the last.
    readonly HashSet<Digest> namedTogether =
    [
        .. listing.Verdicts
            .Where(v => v is { IsExpired: true, IsFollower: true })
            .Select(v => ReferrerTag.AllSubjectsOf(v.Manifest))
            .Where(s => s.Count > 1)
            .SelectMany(s => s),
    ];

    /// <inheritdoc/>
    public async Task<Confirmation?> ConfirmAsync(
        IReadOnlyList<DeleteCandidate> batch, IReadOnlySet<Digest> deleted, CancellationToken cancellationToken)
    {
        if (IsRefused)
            return null;
        if (!overrides.IsFresh(run.Now))
            overrides = await TimedOverrides.ReadAsync(run, cancellationToken);
        if (overrides.Value.KeepsEverything is { } why)
        {
            run.Logger.KeptEverything(run.Repository, why, overrides.Value);
            Why = why;
            return null;
        }

        var policy = request.ApplyTo(run.Settings.Policy, overrides.Value);
        if (!request.IsFor(policy))
        {
            IsRefused = true;
            Why = Halt.PolicyChanged(request.PolicyHash!, policy);
            run.Logger.KeptEverything(run.Repository, Why);
            return null;
        }

        var rowPolicy = overrides.Value.ApplyTo(run.Settings.Policy);
        for (var round = 1; ; round++)
        {
            var state = await run.ReadStateAsync(cancellationToken) ?? listing.State;
            var window = await WindowAsync(batch, policy.KeepNewest, cancellationToken);
            var images = batch.Where(c => !window.ContainsKey(c.Digest)).ToList();
            var candidates = new Candidates(window, images, IsCut: false) { OwnersThatMustBeGone = OwnersThatMustBeGone(batch, deleted) };
            var terms = new ConfirmationTerms(policy, rowPolicy, overrides.ReadAt, Push: null, state.Unreadable);
            var confirmation = await Confirmation.AskAsync(run, candidates, terms, cancellationToken);
            if (confirmation.State == ConfirmationState.Settled || round == MaxRounds)
                return OnlyCovered(confirmation);

            await confirmation.Corrections.WriteAsync(run, rowPolicy, cancellationToken);
        }
    }

    Confirmation OnlyCovered(Confirmation confirmation)
    {
        if (confirmation.State == ConfirmationState.Unanswered)
        {
            Why = Halt.Unanswered("run");
            run.Logger.KeptEverything(run.Repository, Why);
        }

        return confirmation with { Expired = [.. confirmation.Expired.Where(d => ApprovedSet.StillCovers(request, d))] };
    }

    // Each image is outranked by those of its own kind. What takes no place is outranked by none.
    async Task<Dictionary<Digest, WindowPlace>> WindowAsync(
        IReadOnlyList<DeleteCandidate> batch, int newest, CancellationToken cancellationToken)
    {
        var window = new Dictionary<Digest, WindowPlace>();
        foreach (var stream in batch.Select(c => c.Stream).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            foreach (var place in await run.Index.NewestAsync(run.Repository, stream, newest, cancellationToken))
                window.TryAdd(place.Digest, new WindowPlace(stream, place.PushedAt));
        }

        return window;
    }

    // What the listing showed to be lone: its subjects have to be gone still.
    IReadOnlyCollection<Digest> OwnersThatMustBeGone(IEnumerable<DeleteCandidate> batch, IReadOnlySet<Digest> deleted) =>
        [
            .. batch
                .SelectMany(c => c.Subjects)
                .Concat(namedTogether)
                .Where(s => !listing.Manifests.ContainsKey(s) || deleted.Contains(s))
                .Distinct(),
        ];
}
