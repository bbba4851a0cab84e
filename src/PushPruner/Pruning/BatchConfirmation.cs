using PushPruner.Deleting;
using PushPruner.Jobs;
using PushPruner.Listing;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Recording;
using PushPruner.Rules;

namespace PushPruner.Pruning;

/// <summary>
/// Confirms one batch of a reconcile right before its delete: the overrides, the images with all that lives and dies with them, and the N
/// that outrank them, which the index names anew each time, for pushes go on meanwhile.
/// </summary>
sealed class BatchConfirmation(RunContext run, ReconcileRequest request, Resync.Listing listing)
{
    // Each round mends what ECR contradicted. What is not settled by then waits for the next run.
    const int MaxRounds = 3;

    const string Silent =
        "ECR said of something that was to be deleted, or belongs to it, neither that it is there nor that it is gone: the next run "
            + "asks again";

    TimedOverrides overrides = listing.Overrides;

    /// <summary>Why some batch was kept whole; null when none was.</summary>
    public string? Why { get; private set; }

    /// <summary>True once another policy is in force than the approved one: then the rest is kept.</summary>
    public bool IsRefused { get; private set; }

    // Of referrers that name several, each has to be gone before they may follow the last.
    readonly HashSet<Digest> namedTogether =
    [
        .. listing
            .Verdicts.Where(v => v is { IsExpired: true, IsFollower: true })
            .Select(v => ReferrerTag.AllSubjectsOf(v.Manifest))
            .Where(s => s.Count > 1)
            .SelectMany(s => s),
    ];

    /// <returns>What may go of these and of what follows them; null when nothing may.</returns>
    /// <param name="deleted">What went in this run by now.</param>
    public async Task<Confirmation?> AskAsync(
        IReadOnlyList<ConfirmedDelete> images, IReadOnlySet<Digest> deleted, CancellationToken cancellationToken)
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
            var state = (await run.Index.ReadAsync(run.Repository, [], tag: null, cancellationToken)).State ?? listing.State;
            var window = await WindowAsync(images, policy.KeepNewest, cancellationToken);
            var entries = images.Select(i => i.Digest).Where(d => !window.ContainsKey(d)).Select(d => new DueEntry(d, default));
            var candidates = new Candidates(window, [.. entries], IsCut: false) { LastOwners = LastOwnersOf(images, deleted) };
            var confirmation = await Confirmation.AskAsync(
                run, policy, rowPolicy, candidates, push: null, state.Unreadable, overrides.ReadAt, cancellationToken);
            if (confirmation.IsSettled || round == MaxRounds)
            {
                if (confirmation.IsSilent)
                {
                    run.Logger.KeptEverything(run.Repository, Silent);
                    Why = Silent;
                }

                return confirmation with { Expired = [.. confirmation.Expired.Where(d => ApprovedSet.StillCovers(request, d))] };
            }

            await MendAsync(confirmation, rowPolicy, cancellationToken);
        }
    }

    // Each image is outranked by those of its own kind. What takes no place is outranked by none.
    async Task<Dictionary<Digest, WindowPlace>> WindowAsync(
        IReadOnlyList<ConfirmedDelete> images, int newest, CancellationToken cancellationToken)
    {
        var window = new Dictionary<Digest, WindowPlace>();
        foreach (var stream in images.Select(i => i.Verdict.Kind).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            foreach (var place in await run.Index.NewestAsync(run.Repository, stream, newest, cancellationToken))
                window.TryAdd(place.Digest, new WindowPlace(stream, place.PushedAt));
        }

        return window;
    }

    // What the listing showed to be lone: its subjects have to be gone still.
    IReadOnlyCollection<Digest> LastOwnersOf(IEnumerable<ConfirmedDelete> images, IReadOnlySet<Digest> deleted) =>
        [
            .. images
                .SelectMany(i => ReferrerTag.AllSubjectsOf(i.Verdict.Manifest))
                .Concat(namedTogether)
                .Where(s => !listing.Manifests.ContainsKey(s) || deleted.Contains(s))
                .Distinct(),
        ];

    async Task MendAsync(Confirmation confirmation, RetentionPolicy rowPolicy, CancellationToken cancellationToken)
    {
        await RunContext.InParallelAsync(confirmation.StaleRows, row => run.Index.TryWriteAsync(run.Repository, row, cancellationToken));
        var recorder = new RowRefresher(run);
        await recorder.RemoveGoneAsync(confirmation.Departed, cancellationToken);
        await recorder.RefreshAsync(confirmation.Contradicted, rowPolicy, known: null, push: null, cancellationToken);
    }
}
