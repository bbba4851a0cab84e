namespace PushPruner.Pruning;

/// <summary>
/// What the index or a listing proposes for deletion: an image, a lone referrer, or a member that nothing owns any more. Nothing is deleted
/// because of it: only ECR's answer makes a <see cref="Deleting.ConfirmedDelete"/> of it.
/// </summary>
sealed record DeleteCandidate(Digest Digest)
{
    /// <summary>The stream that it is ranked in; null if it has no rank.</summary>
    public string? Stream { get; init; }

    /// <summary>How many ids its delete takes, see <see cref="Deleting.DeleteIds"/>; one as long as its tags are not known.</summary>
    public int IdCount { get; init; } = 1;

    /// <summary>What it refers to.</summary>
    public IReadOnlyList<Digest> Subjects { get; init; } = [];

    /// <summary>What the index's row names as its owners.</summary>
    public DigestSet Owners { get; init; } = DigestSet.Empty;

    /// <param name="row">The index's row; null if it was not read.</param>
    public static DeleteCandidate Of(Verdict verdict, IndexRow? row = null) => new(verdict.Digest)
    {
        Stream = verdict.Kind,
        IdCount = Math.Max(1, verdict.Manifest.Tags.Count),
        Subjects = ReferrerTag.AllSubjectsOf(verdict.Manifest),
        Owners = row?.History.Owners ?? DigestSet.Empty,
    };
}
