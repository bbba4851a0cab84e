using PushPruner.Pruning;

namespace PushPruner.Deleting;

/// <summary>
/// A manifest that ECR's answer confirmed to be expired. Only <see cref="Confirmation"/> makes one, and nothing else can be deleted.
/// </summary>
sealed class ConfirmedDelete
{
    /// <param name="answer">ECR's answer that the verdict was decided on.</param>
    /// <param name="owners">Its owners that are deleted as well: it is deleted after them.</param>
    /// <param name="policy">The policy of the verdict.</param>
    /// <exception cref="ArgumentException">The verdict is not "expired", or not on a manifest in ECR's answer.</exception>
    internal ConfirmedDelete(ConfirmationAnswer answer, Verdict verdict, IReadOnlyList<Digest> owners, RetentionPolicy policy)
    {
        if (!verdict.IsExpired || answer.Find(verdict.Digest) != verdict.Manifest)
            throw new ArgumentException($"ECR's answer does not confirm that {verdict.Digest} is expired", nameof(verdict));

        (Verdict, Owners, Policy) = (verdict, owners, policy);
        Row = answer.Groups.Rows.GetValueOrDefault(verdict.Digest);
    }

    public Verdict Verdict { get; }

    /// <summary>The index's row, read before ECR was asked; null if there is none.</summary>
    public IndexRow? Row { get; }

    public IReadOnlyList<Digest> Owners { get; }

    public RetentionPolicy Policy { get; }

    public Digest Digest => Verdict.Digest;

    public Manifest Manifest => Verdict.Manifest;

    /// <summary>Counts against <c>MAX_DELETES</c>: images, and what nothing owns. Followers of an image don't count.</summary>
    public bool IsCounted => !Verdict.IsFollower;
}
