using static PushPruner.Tests.Model.ProofDefect;
using static PushPruner.Tests.Model.ProofStep;

namespace PushPruner.Tests.Model;

enum MemberTag : byte
{
    None,

    /// <summary>Such as <c>1.0-amd64</c>.</summary>
    Platform,

    /// <summary>Such as <c>1.0</c>.</summary>
    Version,
}

enum ProofStep : byte
{
    Idle,
    Delivered,

    /// <summary>The row is read and ECR is asked; the row is not written yet.</summary>
    Read,

    /// <summary>Of an index, the first of the two writes is done.</summary>
    HalfRecorded,
    Recorded,
    Proposed,
    Confirmed,
}

/// <summary>One run: what it holds in memory.</summary>
readonly record struct ProofHandler
{
    public ProofStep Step { get; init; }
    public Parts Event { get; init; }

    /// <summary>What it read of the member's owner and of an unreadable index, and what it saw in the window.</summary>
    public bool SawOwner { get; init; }
    public bool SawUnreadable { get; init; }
    public Parts Window { get; init; }

    public bool IsAt(ProofStep step) => Step == step;
}

/// <summary>
/// N = 2. An old image, an ordinary newer one, and a multi-arch push: a member, tagged or not, that arrives before the index that names it.
/// Whether an index will ever name it nobody can know; the index may be unreadable.
/// </summary>
readonly record struct ProofState
{
    public const int Newest = 2;

    public static readonly ProofState Initial = new() { Live = Parts.Candidate, Places = Parts.Candidate };

    // ECR. The settle time counts from the member's push.
    public Parts Live { get; init; }
    public MemberTag Tag { get; init; }
    public bool HasSettled { get; init; }
    public bool IsUnreadable { get; init; }

    // The index: who has a place, whether the member's row names its owner, what a listing proved, whether an unreadable index is noted.
    public Parts Places { get; init; }
    public bool IsOwned { get; init; }
    public bool IsProvenByListing { get; init; }
    public bool IsNotedUnreadable { get; init; }

    public Parts Events { get; init; }
    public ProofHandler One { get; init; }
    public ProofHandler Two { get; init; }

    /// <summary>For S2 alone: a listing at the right time found no index that names the member.</summary>
    public bool IsTrulyProven { get; init; }

    public ProofDefect Defect { get; init; }

    public ProofHandler Of(Actor who) => who == Actor.One ? One : Two;

    bool IsIndexCounted => Live.Has(Parts.Index) && !IsUnreadable;

    /// <summary>
    /// How many newer images than the candidate there are by the definition of proven and for all that this run has seen. A member stands
    /// for the index that isn't seen yet.
    /// </summary>
    public int NewerBy(Actor who)
    {
        var isProven = (IsTrulyProven && !Of(who).SawUnreadable) || Tag == MemberTag.Version || (Tag == MemberTag.Platform && HasSettled);
        return (Live.Has(Parts.Plain) ? 1 : 0) + (IsIndexCounted || (Live.Has(Parts.Member) && isProven) ? 1 : 0);
    }

    bool IsTakenForProven =>
        Defect == CountsUnproven
        || IsProvenByListing
        || Tag == MemberTag.Version
        || (Tag == MemberTag.Platform && (HasSettled || Defect == TakesAPlatformTagForProof));

    // Steps of a handler.

    public ProofState Deliver(Actor who, Parts pushed) => Let(who, new ProofHandler { Step = Delivered, Event = pushed }) with
    {
        Events = Events & ~pushed,
    };

    public ProofState ReadRow(Actor who) => Let(who, Of(who) with { Step = Read, SawOwner = IsOwned, SawUnreadable = IsNotedUnreadable });

    /// <summary>
    /// A member's row is written on condition that nobody has written it since it was read; an index claims its members before it takes its
    /// place.
    /// </summary>
    public ProofState WriteRow(Actor who)
    {
        var handler = Of(who);
        if (handler.Event == Parts.Plain)
            return Let(who, handler with { Step = Recorded }) with { Places = Places | Parts.Plain };
        if (handler.Event == Parts.Member)
        {
            if (IsOwned != handler.SawOwner && Defect != WritesTheRowUnconditionally)
                return Let(who, handler with { Step = Delivered });

            var places = !handler.SawOwner && IsTakenForProven ? Places | Parts.Member : Places & ~Parts.Member;
            return Let(who, handler with { Step = Recorded }) with { Places = places, IsOwned = handler.SawOwner };
        }

        if (IsUnreadable)
            return Let(who, handler with { Step = Recorded, SawUnreadable = true }) with { IsNotedUnreadable = true };

        var half = Let(who, handler with { Step = HalfRecorded });
        return Defect == PlacesTheIndexBeforeItClaimsMembers ? half.Place() : half.Claim();
    }

    public ProofState WriteTheOther(Actor who)
    {
        var whole = Let(who, Of(who) with { Step = Recorded });
        return Defect == PlacesTheIndexBeforeItClaimsMembers ? whole.Claim() : whole.Place();
    }

    public ProofState Propose(Actor who)
    {
        var window = Places & ~Parts.Candidate;
        return Places.Has(Parts.Candidate) && window.Count() >= Newest
            ? Let(who, Of(who) with { Step = Proposed, Window = window })
            : Let(who, default);
    }

    /// <summary>ECR's word on the window. An untagged manifest is doubtful while an index can't be read.</summary>
    public ProofState Confirm(Actor who)
    {
        var isDoubtful = Of(who).SawUnreadable && Tag == MemberTag.None && Defect != ConfirmIgnoresAnUnreadableIndex;
        var counted = Of(who).Window & Live & ~(isDoubtful ? Parts.Member : Parts.None);
        return counted.Count() >= Newest && Live.Has(Parts.Candidate) ? Let(who, Of(who) with { Step = Confirmed }) : Let(who, default);
    }

    public ProofState Delete(Actor who) => Let(who, default) with { Live = Live & ~Parts.Candidate, Places = Places & ~Parts.Candidate };

    public ProofState Crash(Actor who) => Let(who, default) with { Events = Events | Of(who).Event };

    /// <summary>A reconcile's listing: who has a place, and who is a part, by ECR's word.</summary>
    public ProofState List()
    {
        var isNamed = IsIndexCounted;
        var isUnclear = Live.Has(Parts.Index) && IsUnreadable && Defect != ProvesDespiteAnUnreadableIndex;
        var proves = Live.Has(Parts.Member) && !isNamed && !isUnclear && (HasSettled || Defect == ProvesBeforeItHasSettled);
        var listed = this with { IsOwned = isNamed, IsProvenByListing = proves, IsNotedUnreadable = isUnclear };
        var places = (Live & (Parts.Candidate | Parts.Plain)) | (isNamed ? Parts.Index : Parts.None);
        return listed with
        {
            Places = Live.Has(Parts.Member) && !isNamed && listed.IsTakenForProven ? places | Parts.Member : places,
            IsTrulyProven = IsTrulyProven || (Live.Has(Parts.Member) && HasSettled && !Live.Has(Parts.Index)),
        };
    }

    // Outside.

    public ProofState PushPlain() => this with { Live = Live | Parts.Plain, Events = Events | Parts.Plain };

    public ProofState PushMember(MemberTag tag) => this with { Live = Live | Parts.Member, Tag = tag, Events = Events | Parts.Member };

    public ProofState PushIndex(bool isUnreadable) => this with
    {
        Live = Live | Parts.Index, IsUnreadable = isUnreadable, Events = Events | Parts.Index,
    };

    public ProofState Settle() => this with { HasSettled = true };

    public ProofState Repeat(Parts part) => this with { Events = Events | part };

    public ProofState Lose(Parts part) => this with { Events = Events & ~part };

    ProofState Claim() => this with { IsOwned = true, Places = Places & ~Parts.Member };

    ProofState Place() => this with { Places = Places | Parts.Index };

    ProofState Let(Actor who, ProofHandler handler) => who == Actor.One ? this with { One = handler } : this with { Two = handler };
}
