namespace PushPruner.Deleting;

/// <summary>What a deletion did.</summary>
/// <param name="Deleted">The manifests that ECR says are deleted.</param>
/// <param name="Failed">What ECR refused, and tags that kept images lost.</param>
/// <param name="CutShort">Why not everything was asked for; null if it was.</param>
sealed record DeleteReport(IReadOnlyList<Verdict> Deleted, IReadOnlyList<FailedDelete> Failed, string? CutShort);
