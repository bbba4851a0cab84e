using static PushPruner.Tests.Model.PushDefect;
using static PushPruner.Tests.Model.PushStep;

namespace PushPruner.Tests.Model;

enum Actor : byte
{
    One,
    Two,
}

enum Promoted : byte
{
    No,

    /// <summary>Its event is on the way.</summary>
    Sent,

    /// <summary>The index remembers it.</summary>
    Remembered,

    /// <summary>Longer ago than X, or forgotten with the row.</summary>
    Over,
}

/// <summary>
/// A repository of three images with N = 1, its index, its events, and handlers that can die between any two steps. Images are young or
/// old; each has a tag of its own, and one at most bears the protecting tag. Whoever acts from outside may do so a few times in one
/// history.
/// </summary>
readonly partial record struct PushState
{
    // ECR.
    public Images Live { get; init; }
    public Images Old { get; init; }
    public Images Protected { get; init; }
    public Images Pruned { get; init; }
    public Images RemovedByHand { get; init; }

    // The index: who has a place, who of those is filed as protected, whose row claims more age than is true, who bears the protecting tag,
    // whose row a handler removed, who has a tombstone.
    public bool IsKnown { get; init; }
    public Images Rows { get; init; }
    public Images FiledProtected { get; init; }
    public Images FiledTooOld { get; init; }
    public Images Bearer { get; init; }
    public Images Forgotten { get; init; }
    public Images Buried { get; init; }
    public Promoted Promotion { get; init; }

    // Events that will be delivered, for the first time or again.
    public Images Events { get; init; }

    public PushHandler One { get; init; }
    public PushHandler Two { get; init; }

    // For L1 alone: looked at since anything changed; lost protection and no event said so.
    public Images Settled { get; init; }
    public bool IsUntold { get; init; }

    public byte Acts { get; init; }
    public PushDefect Defect { get; init; }

    public static PushState With(int acts) => new()
    {
        Live = Images.First | Images.Second,
        Rows = Images.First | Images.Second,
        IsKnown = true,
        Acts = (byte)acts,
    };

    public PushHandler Of(Actor who) => who == Actor.One ? One : Two;

    public bool IsQuiet => One.IsAt(Idle) && Two.IsAt(Idle) && Events == Images.None;

    /// <summary>True when someone has pushed it.</summary>
    public bool WasPushed(Images image) => (Live | Pruned | RemovedByHand).Has(image);

    /// <summary>What the index knows and ECR would confirm as expired.</summary>
    public Images ExpiredAndKnown
    {
        get
        {
            var known = (IsUntold ? Rows & ~FiledProtected : Rows) | Forgotten;
            var promoted = Promotion == Promoted.Remembered ? Images.First : Images.None;
            return known & Live & Old & ~Protected & ~promoted & (Rows & Live).Outranked();
        }
    }

    Images RememberedAsPromoted => Promotion == Promoted.Remembered && Defect != IgnoresPromotions ? Images.First : Images.None;

    PushState Let(Actor who, PushHandler handler) => who == Actor.One ? this with { One = handler } : this with { Two = handler };

    // What is found gone leaves a tombstone as well.
    PushState WithoutRows(Images images) => this with
    {
        Rows = Rows & ~images,
        FiledProtected = FiledProtected & ~images,
        FiledTooOld = FiledTooOld & ~images,
        Promotion = images.Has(Images.First) && Promotion == Promoted.Remembered ? Promoted.Over : Promotion,
    };

    PushState FoundGone(Images images) => WithoutRows(images) with { Buried = Buried | (images & Pruned) };

    PushState Forget(Images images) => WithoutRows(images) with { Forgotten = Forgotten | images };
}
