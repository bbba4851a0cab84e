using PushPruner.Jobs;
using PushPruner.Pruning;

namespace PushPruner.Deleting;

/// <summary>
/// Keeps the promise that between ECR's answer and the delete that relies on it lie at most two seconds: if more time has passed, ECR is
/// asked again.
/// </summary>
/// <param name="batch">The images of one call.</param>
/// <param name="deleted">What this run deleted before.</param>
sealed class FreshConfirmations(
    RunContext run, IConfirmer confirmer, IReadOnlyList<DeleteCandidate> batch, IReadOnlySet<Digest> deleted)
{
    // If ECR answers so slowly that its answer is too old each time, nothing is deleted.
    const int Tries = 3;

    /// <summary>Why no confirmation was fresh enough; null as long as that did not happen.</summary>
    public string? TooSlow { get; private set; }

    /// <returns>
    /// <paramref name="last"/> if it is fresh, else a new one; null if nothing may be deleted, or if no answer comes in time.
    /// </returns>
    public async Task<Confirmation?> KeepOrRenewAsync(Confirmation? last, CancellationToken cancellationToken)
    {
        for (var tries = 0; last?.IsFresh(run.Now) != true; tries++)
        {
            if (TooSlow is not null)
                return null;

            if (tries == Tries)
            {
                TooSlow = "ECR answers so slowly that what it says is out of date before a delete can rely on it";
                run.Logger.KeptEverything(run.Repository, TooSlow);
                return null;
            }

            last = await confirmer.ConfirmAsync(batch, deleted, cancellationToken);
            if (last is null)
                return null;
        }

        return last;
    }
}
