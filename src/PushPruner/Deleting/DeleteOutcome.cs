namespace PushPruner.Deleting;

/// <summary>What ECR answered for the ids of one manifest.</summary>
sealed record DeleteOutcome(ConfirmedDelete Delete, IReadOnlyList<DeleteAnswer> Answers)
{
    /// <summary>The tombstone that was written for it; null as long as there is none.</summary>
    public Tombstone? Tombstone { get; init; }

    /// <summary>True if ECR was asked after the delete, and said that it is gone.</summary>
    public bool IsKnownGone { get; init; }

    /// <summary>By ECR's answer to the delete, or to the question that followed it.</summary>
    public bool IsDeleted => IsClean || IsKnownGone;

    /// <summary>Every id was deleted, and so the image with its last tag.</summary>
    public bool IsClean => Answers.Count >= DeleteIds.Of(Delete.Manifest).Count && Answers.All(a => a.FailureCode is null);

    /// <summary>
    /// The tags that it lost although it is still there: ECR removes one after the other, and the image only with the last.
    /// </summary>
    public IReadOnlyList<string> LostTags => [.. Answers.Where(a => a is { FailureCode: null, Id.Tag: not null }).Select(a => a.Id.Tag!)];

    /// <summary>ECR refused because a manifest list names it.</summary>
    public bool IsRefusedAsMember => Answers.Any(a => a.FailureCode == DeleteAnswer.ReferencedByManifestList);

    /// <summary>The first refusal that is more than "not found"; null if there is none.</summary>
    public DeleteAnswer? Refusal => Answers.FirstOrDefault(a => !a.IsGone);

    /// <summary>
    /// The manifest list that names it, as far as ECR's message can be read: "... referenced by manifest list: [sha256:..., sha256:...]".
    /// </summary>
    public Digest? Owner
    {
        get
        {
            var reason = Answers.FirstOrDefault(a => a.FailureCode == DeleteAnswer.ReferencedByManifestList)?.FailureReason ?? "";
            var list = reason[(reason.LastIndexOf('[') + 1)..].TrimEnd(']', ' ');
            foreach (var name in list.Split(',', StringSplitOptions.TrimEntries))
            {
                if (Digest.TryParse(name, out var owner))
                    return owner;
            }

            return null;
        }
    }
}
