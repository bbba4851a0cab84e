using System.Diagnostics.CodeAnalysis;
using PushPruner.Jobs;
using PushPruner.Ports;

namespace PushPruner.Pruning;

/// <summary>
/// Pushes that overlap see the same images expire, and get in each other's way. Where that was seen, only the run whose turn it is prunes.
/// The others have recorded what was pushed and leave the rest to it, for it looks again once it has given the turn back, and so sees what
/// they saw. Should it die, its retry does, or the first push after <see cref="Lease.Longest"/>.
/// </summary>
sealed class PruneLease(RunContext run)
{
    /// <summary>
    /// For how long turns are taken after runs got in each other's way: those who push like that do it again. A turn costs three or four
    /// calls of the index.
    /// </summary>
    public static readonly TimeSpan ContentionLasts = TimeSpan.FromDays(1);

    Lease? lease;

    /// <summary>True while it is this run's turn, and others may leave something to it.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Half a day before it ends, so that where there is always a crowd there is no gap.</summary>
    public static bool IsToBeNoted(RepositoryState state, DateTimeOffset now) =>
        state.ContendedUntil is not { } until || until - now < ContentionLasts / 2;

    /// <returns>False when it is another's; true also where no turns are taken.</returns>
    public async Task<bool> TryTakeAsync(RepositoryState state, CancellationToken cancellationToken)
    {
        var isCrowded = lease is not null || state.ContendedUntil > run.Now;
        if (IsHeld || !isCrowded || run.Settings.DryRun)
            return true;

        lease = new Lease(run.Invocation.RequestId, run.Now + Lease.Longest);
        return IsHeld = await run.Index.TryTakeLeaseAsync(run.Repository, lease, cancellationToken);
    }

    public async Task ReturnAsync(CancellationToken cancellationToken)
    {
        IsHeld = false;
        await run.Index.ReturnLeaseAsync(run.Repository, lease!, cancellationToken);
    }

    /// <summary>
    /// Gives the turn back, if it is held, where a run fails: the next push needn't wait until it ends by itself. Never fails.
    /// </summary>
    [SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "What the run failed with is what has to be told.")]
    public async Task AbandonAsync()
    {
        if (!IsHeld)
            return;

        try
        {
            await ReturnAsync(CancellationToken.None);
        }
        catch (Exception)
        {
            // It ends by itself.
        }
    }
}
