using static PushPruner.Tests.Model.FamilyDefect;
using static PushPruner.Tests.Model.FamilyStep;

namespace PushPruner.Tests.Model;

enum FamilyStep : byte
{
    Idle,
    Proposed,
    Confirmed,
    OwnerAsked,
    PartsDue,
    PartsAsked,
    RowsOfPartsRemoved,
}

/// <summary>
/// An expired multi-arch image: an index with a tag, its member, its signature; and another index that may come to name the same member.
/// One run after another deletes it, and may die at every step.
/// </summary>
readonly record struct FamilyState
{
    public static readonly FamilyState Initial = new() { Live = Parts.Group, Tags = Tags.Version, Rows = Parts.Group };

    // ECR. It refuses to delete what a live index names, and knows nothing of the kind for referrers.
    public Parts Live { get; init; }
    public Tags Tags { get; init; }

    /// <summary>Which one bears the protecting tag.</summary>
    public Parts Protected { get; init; }
    public Parts Pruned { get; init; }

    // The index: rows, and whether the member's row names the other index.
    public Parts Rows { get; init; }
    public bool IsOtherOwnerKnown { get; init; }

    // The handler.
    public bool IsEventPending { get; init; }
    public FamilyStep Step { get; init; }
    public Parts Going { get; init; }
    public Tags Pairs { get; init; }

    // For the requirements alone: a tag was put on something since the confirmation; nothing changed since the run began.
    public bool IsOvertaken { get; init; }
    public bool IsSettled { get; init; }
    public FamilyDefect Defect { get; init; }

    public bool IsQuiet => Step == Idle && !IsEventPending;

    public bool IsGroupProtected => Protected.Has(Parts.Group & Live);

    /// <summary>
    /// What is expired, or left over of what is gone. What another index is known to name as well is led to by that one's row.
    /// </summary>
    public Parts Due
    {
        get
        {
            if (IsGroupProtected)
                return Parts.None;

            var shared = IsOtherOwnerKnown || Live.Has(Parts.OtherIndex) ? Parts.Member : Parts.None;
            return Live & Parts.Group & ~shared;
        }
    }

    /// <summary>The index's row leads to the group, whether the index is there or only its parts.</summary>
    public FamilyState Propose() => Rows.Has(Parts.Index)
        ? this with { IsEventPending = false, Step = Proposed, IsSettled = true }
        : this with { IsEventPending = false, IsSettled = true };

    public FamilyState Confirm()
    {
        var asked = Rows & Parts.Group;
        var protects = Defect == ConfirmIgnoresTagsOfParts ? Parts.Index : asked;
        if (Protected.Has(protects & Live))
            return Rest();

        var shared = IsOtherOwnerKnown && Live.Has(Parts.OtherIndex) ? Parts.Member : Parts.None;
        var confirmed = this with { Step = Confirmed, Going = asked & ~shared, Pairs = Tags, IsOvertaken = false };
        return Defect == DeletesPartsBeforeTheirOwner ? confirmed.DeleteParts() with { Step = Confirmed } : confirmed;
    }

    /// <summary>By pairs: an index that gained a tag loses the others and stays.</summary>
    public FamilyState DeleteOwner()
    {
        var left = Defect == DeletesByDigest ? Tags.None : Tags & ~Pairs;
        var isKept = !Live.Has(Parts.Index) || left != Tags.None || (Protected == Parts.Index && Defect != DeletesByDigest);
        return isKept
            ? this with { Step = OwnerAsked, Tags = left }
            : Without(Parts.Index) with { Step = OwnerAsked, Tags = Tags.None, Pruned = Pruned | Parts.Index };
    }

    public FamilyState AskForTheOwner()
    {
        if (Live.Has(Parts.Index) && Defect != DoesNotAskWhetherTheOwnerIsGone)
            return Rest();

        var rows = Defect == RemovesTheRowOfTheOwnerBeforeItsPartsGo ? Rows & ~Parts.Index : Rows;
        return this with { Step = PartsDue, Rows = rows };
    }

    /// <summary>What ECR refuses as a member it says by whom it is named.</summary>
    public FamilyState DeleteParts()
    {
        var refused = Live.Has(Parts.Index | Parts.OtherIndex) && Defect != EcrDeletesWhatALiveIndexNames ? Parts.Member : Parts.None;
        var deleted = Going & Live & (Parts.Member | Parts.Referrer) & ~refused;
        return Without(deleted) with
        {
            Step = PartsAsked,
            Pruned = Pruned | deleted,
            IsOtherOwnerKnown = IsOtherOwnerKnown || (Going.Has(refused) && Live.Has(Parts.OtherIndex)),
            Going = Going & ~refused,
        };
    }

    public FamilyState RemoveRowsOfParts() => this with
    {
        Step = RowsOfPartsRemoved,
        Rows = Rows & ~(Going & (Parts.Member | Parts.Referrer)),
    };

    public FamilyState RemoveRowOfTheOwner() => Rest() with { Rows = Rows & ~Going };

    public FamilyState Crash() => Rest() with { IsEventPending = true };

    // Outside.

    public FamilyState Push() => this with { IsEventPending = true };

    public FamilyState GainTag() => this with { Tags = Tags | Tags.Extra, IsSettled = false };

    public FamilyState Protect(Parts part) => this with { Protected = part, IsOvertaken = IsOvertaken || Step != Idle, IsSettled = false };

    public FamilyState Unprotect() => this with { Protected = Parts.None, IsSettled = false };

    public FamilyState PushOtherIndex() => this with { Live = Live | Parts.OtherIndex, IsSettled = false };

    public FamilyState HandleOtherIndex() => this with { IsOtherOwnerKnown = true, IsSettled = false };

    public FamilyState DeleteByHand(Parts part) => Without(part) with { Tags = part == Parts.Index ? Tags.None : Tags, IsSettled = false };

    FamilyState Without(Parts parts) => this with { Live = Live & ~parts, Protected = Protected & ~parts };

    FamilyState Rest() => this with { Step = Idle, Going = Parts.None, Pairs = Tags.None, IsOvertaken = false };
}
