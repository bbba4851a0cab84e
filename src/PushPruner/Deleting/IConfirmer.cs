using PushPruner.Pruning;

namespace PushPruner.Deleting;

/// <summary>Asks ECR about images that are about to be deleted.</summary>
interface IConfirmer
{
    /// <param name="batch">The images of one call.</param>
    /// <param name="deleted">What this run deleted before.</param>
    /// <returns>What of the batch may be deleted now, with what follows it; null if nothing may.</returns>
    Task<Confirmation?> ConfirmAsync(
        IReadOnlyList<DeleteCandidate> batch, IReadOnlySet<Digest> deleted, CancellationToken cancellationToken);
}
