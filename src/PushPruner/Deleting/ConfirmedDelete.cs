using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Deleting;

/// <summary>A manifest that is confirmed to go.</summary>
/// <param name="Row">As it was read before ECR was asked; null when the index has none.</param>
/// <param name="Owners">Those of its owners that go as well: it goes after them.</param>
/// <param name="Policy">What the verdict was found by.</param>
sealed record ConfirmedDelete(Verdict Verdict, IndexRow? Row, IReadOnlyList<Digest> Owners, RetentionPolicy Policy)
{
    public Digest Digest => Verdict.Digest;

    /// <summary>Counts against <c>MAX_DELETES</c>: images, and what nothing owns. What follows an image doesn't.</summary>
    public bool IsCounted => !Verdict.IsFollower;
}
