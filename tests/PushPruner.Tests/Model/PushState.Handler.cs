using static PushPruner.Tests.Model.PushDefect;
using static PushPruner.Tests.Model.PushStep;

namespace PushPruner.Tests.Model;

/// <summary>The steps of a handler. It can die after each of them; the event is then delivered again.</summary>
readonly partial record struct PushState
{
    public PushState Deliver(Actor who, Images image) => Let(who, new PushHandler { Step = Delivered, Event = image }) with
    {
        Events = Events & ~image,
    };

    /// <summary>Asks ECR for the pushed image and writes its row.</summary>
    public PushState Record(Actor who)
    {
        var pushed = Of(who).Event;
        var promotion = pushed == Images.First && Promotion == Promoted.Sent && Live.Has(pushed) ? Promoted.Remembered : Promotion;
        var state = Let(who, Of(who) with { Step = Recorded }) with { Promotion = promotion };

        // First contact: everything is listed.
        if (!IsKnown)
        {
            return state with
            {
                IsKnown = true,
                Rows = Live,
                FiledProtected = Protected,
                FiledTooOld = Images.None,
                Bearer = Protected,
                IsUntold = false,
            };
        }

        if (!Live.Has(pushed))
            return state.FoundGone(pushed);

        // A push that moved the protecting tag files its former bearer anew.
        var refiled = Protected == pushed && Defect != DoesNotRefileTheFormerBearer ? pushed | Bearer : pushed;
        return state with
        {
            Rows = Rows | pushed,
            FiledProtected = FiledProtected & ~refiled | Protected & refiled & (Rows | pushed),
            FiledTooOld = FiledTooOld & ~pushed,
            Bearer = Protected == pushed ? pushed : Bearer,
        };
    }

    /// <summary>Asks the index for images past both windows.</summary>
    public PushState Propose(Actor who)
    {
        var spared = Defect == DoesNotSpareItsOwn ? Images.None : Of(who).Event;
        var due = Rows & ~FiledProtected & (Old | FiledTooOld) & ~RememberedAsPromoted & Rows.Outranked() & ~spared;
        var next = due == Images.None ? Done : Defect == DeletesWithoutConfirming ? Confirmed : Proposed;
        return Let(who, Of(who) with { Step = next, Candidates = due }) with { Settled = Images.All & ~spared };
    }

    /// <summary>Asks ECR for the candidates and for the image that is to outrank them, and mends what it says otherwise.</summary>
    public PushState Confirm(Actor who)
    {
        var handler = Of(who);
        var window = Rows.Newest();
        if (!Live.Has(window) && Defect != ConfirmDoesNotAskForTheWindow)
        {
            return Defect == DoesNotAskAgain
                ? Let(who, handler with { Step = Done, Candidates = Images.None })
                : FoundGone(window).Let(who, handler with { Step = Recorded, Candidates = Images.None });
        }

        var keptByTag = Defect == ConfirmIgnoresProtection ? Images.None : handler.Candidates & Protected;
        var keptByAge = Defect == ConfirmIgnoresAge ? Images.None : handler.Candidates & ~Old;
        var expired = handler.Candidates & Live & ~keptByTag & ~keptByAge & ~RememberedAsPromoted & window.Outranked();
        var confirmed = handler with
        {
            Step = expired == Images.None ? Done : Confirmed,
            Candidates = expired,
            ProtectedPairs = expired & Protected,
            PromotionSeen = Promotion,
        };
        var state = FoundGone(handler.Candidates & ~Live).Let(who, confirmed);
        state = state with
        {
            FiledProtected = state.FiledProtected | (keptByTag & Live & state.Rows), FiledTooOld = state.FiledTooOld & ~keptByAge,
        };
        return Defect == BooksTheDeleteBeforeItsAnswer ? state.Forget(expired) with { Buried = state.Buried | expired } : state;
    }

    /// <summary>By (tag, digest) pairs: what has gained a tag since survives.</summary>
    public PushState Delete(Actor who)
    {
        var handler = Of(who);
        var promoted = Promotion != Promoted.No && handler.PromotionSeen == Promoted.No ? Images.First : Images.None;
        var surviving =
            Defect == DeletesByDigest ? Images.None : handler.Candidates & Live & ((Protected & ~handler.ProtectedPairs) | promoted);
        var deleted = handler.Candidates & Live & ~surviving;
        var state = Let(who, handler with { Step = Deleted, Candidates = handler.Candidates & ~surviving, IsOvertaken = false }) with
        {
            Live = Live & ~deleted,
            Pruned = Pruned | deleted,
            Protected = Protected & ~deleted,
            FiledProtected = FiledProtected | (surviving & Protected & Rows),
        };
        if (handler.IsOvertaken && deleted != Images.None)
            state = state.Overtaken();

        return Defect == RemovesTheRowBeforeTheTombstone ? state.Forget(deleted) : state;
    }

    public PushState Bury(Actor who) => Let(who, Of(who) with { Step = PushStep.Buried }) with
    {
        Buried = Buried | (Of(who).Candidates & Pruned),
    };

    public PushState Forget(Actor who) =>
        Forget(Of(who).Candidates)
            .Let(who, Of(who) with { Step = Done, Candidates = Images.None, ProtectedPairs = Images.None, PromotionSeen = Promoted.No });

    public PushState Acknowledge(Actor who) => Let(who, default);

    public PushState Crash(Actor who) => Defect == AcknowledgesBeforeTheWork && Of(who).Step >= Proposed
        ? Let(who, default)
        : Let(who, default) with { Events = Events | Of(who).Event };
}
