namespace PushPruner.Pruning;

/// <summary>What a reconcile that deleted nothing found to delete, so that an approval can cover exactly that.</summary>
/// <param name="AsOf">
/// When the listing began: everything in <paramref name="Digests"/> that was not expired by then expired while it was read.
/// </param>
/// <param name="Digests">Every manifest that the real run would delete, members and referrers too.</param>
public sealed record ReconcilePlan(DateTimeOffset AsOf, string PolicyHash, IReadOnlySet<Digest> Digests);
