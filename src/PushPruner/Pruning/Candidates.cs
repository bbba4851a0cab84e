namespace PushPruner.Pruning;

/// <summary>What to ask ECR for: the candidates, and the newer images that their rank relies on.</summary>
/// <param name="Window">By digest, the N newest images of each stream. They must outrank the candidates of that stream.</param>
/// <param name="Images">The candidates; none of them is in the window.</param>
/// <param name="IsCut">True if there may be more candidates than one run may delete.</param>
sealed record Candidates(IReadOnlyDictionary<Digest, WindowPlace> Window, IReadOnlyList<DeleteCandidate> Images, bool IsCut)
{
    public bool IsEmpty => Images.Count == 0;

    /// <summary>
    /// Owners of candidates that a listing did not find. The candidates may be deleted only if ECR says that these owners are gone.
    /// </summary>
    public IReadOnlyCollection<Digest> OwnersThatMustBeGone { get; init; } = [];
}
