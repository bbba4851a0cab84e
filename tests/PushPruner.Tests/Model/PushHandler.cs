namespace PushPruner.Tests.Model;

enum PushStep : byte
{
    Idle,
    Delivered,
    Recorded,
    Proposed,
    Confirmed,
    Deleted,
    Buried,
    Done,
}

/// <summary>One run of the function: what it holds in memory, and what dies with it.</summary>
readonly record struct PushHandler
{
    public PushStep Step { get; init; }

    /// <summary>The image that its event names.</summary>
    public Images Event { get; init; }

    public Images Candidates { get; init; }

    /// <summary>Candidates that bore the protecting tag when they were confirmed: it is among the pairs that the delete names.</summary>
    public Images ProtectedPairs { get; init; }

    /// <summary>
    /// What was confirmed of the first image's promotion: another tag, so that one that came later is not among the pairs.
    /// </summary>
    public Promoted PromotionSeen { get; init; }

    /// <summary>For S2 alone: a person deleted something since the confirmation, or a run that had been overtaken so.</summary>
    public bool IsOvertaken { get; init; }

    public bool IsAt(PushStep step) => Step == step;
}
