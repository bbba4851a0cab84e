namespace PushPruner.Pruning;

/// <summary>How far ECR's answer and the index agree on what was asked for.</summary>
enum ConfirmationState
{
    /// <summary>They agree, as far as the verdicts depend on it.</summary>
    Settled,

    /// <summary>Rows are wrong. Once they are corrected, the index has to be asked again.</summary>
    RowsWrong,

    /// <summary>So many rows are wrong, or so little was answered, that a listing corrects the index sooner than another round.</summary>
    ListingDue,

    /// <summary>
    /// As <see cref="ListingDue"/>; and ECR said of a candidate, or of what belongs to one, neither that it is there nor that it is gone.
    /// What protects such a group is not known, so nothing may be deleted.
    /// </summary>
    Unanswered,
}
