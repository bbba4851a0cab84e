using static PushPruner.Tests.Model.PushStep;

namespace PushPruner.Tests.Model;

/// <summary>What CI, people, EventBridge, the table and the clock do meanwhile.</summary>
readonly partial record struct PushState
{
    public PushState Push() => Outside() with { Live = Live | Images.Third, Events = Events | Images.Third };

    public PushState Promote() => Outside() with { Promotion = Promoted.Sent, Events = Events | Images.First };

    public PushState MoveTheProtectingTag(Images to) => Outside() with { Protected = to, Events = Events | to };

    // No event tells of it.
    public PushState DeleteTheProtectingTag() => Outside() with { Protected = Images.None, IsUntold = true };

    public PushState DeleteByHand(Images image) => Outside().Overtaken() with
    {
        Live = Live & ~image,
        RemovedByHand = RemovedByHand | image,
        Protected = Protected & ~image,
        IsUntold = IsUntold || Protected == image,
    };

    public PushState Repeat(Images image) => Outside() with { Events = Events | image };

    public PushState Lose(Images image) => Outside() with { Events = Events & ~image, IsUntold = true };

    // Who loses a row in the midst of its delete may lose the tombstone as well.
    public PushState LoseRow(Images image) => Outside().WithoutRows(image) with { Buried = Buried | image };

    public PushState FileTooOld(Images image) => Outside() with { Rows = Rows | image, FiledTooOld = FiledTooOld | image };

    public PushState Wipe() => Outside().WithoutRows(Images.All) with
    {
        IsKnown = false, Forgotten = Images.None, Bearer = Images.None, Buried = Images.All,
    };

    public PushState Age() => this with { Old = Old | (Images.All & ~Old).Oldest(), Settled = Images.None };

    public PushState AgePromotion() => this with { Promotion = Promoted.Over, Settled = Images.None };

    PushState Overtaken() => this with
    {
        One = One with { IsOvertaken = One.IsOvertaken || One.IsAt(Confirmed) },
        Two = Two with { IsOvertaken = Two.IsOvertaken || Two.IsAt(Confirmed) },
    };

    PushState Outside() => this with { Acts = (byte)(Acts - 1), Settled = Images.None };
}
