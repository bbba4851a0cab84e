using static PushPruner.Tests.Model.ReconcileDefect;
using static PushPruner.Tests.Model.ReconcileStep;

namespace PushPruner.Tests.Model;

enum ReconcileStep : byte
{
    Idle,
    Listed,
    Filed,
    Confirmed,
    Deleted,
    Done,
    Reported,
    Halted,
}

/// <summary>
/// A repository of three images that newer ones outrank, MaxDeletes = 2, batches of one image, and a run that can die at every step, while
/// CI pushes, people tag and delete, and the index loses rows.
/// </summary>
readonly record struct ReconcileState
{
    public const int MaxDeletes = 2;

    public static readonly ReconcileState Initial = new() { Live = Images.First | Images.Second, Rows = Images.First | Images.Second };

    // ECR.
    public Images Live { get; init; }
    public Images Old { get; init; }
    public Images Protected { get; init; }
    public Images Pruned { get; init; }
    public Images RemovedByHand { get; init; }

    public Images Rows { get; init; }
    public bool IsEventPending { get; init; }
    public bool IsDryRunSet { get; init; }

    // The run: what the listing showed, what it decided, what of that is still to be asked for, and whether it is dry.
    public ReconcileStep Step { get; init; }
    public Images Listing { get; init; }
    public Images Decided { get; init; }
    public Images Left { get; init; }
    public bool IsDry { get; init; }

    /// <summary>Rows that a push has written since the listing began: their revision tells.</summary>
    public Images Written { get; init; }

    // For the requirements alone: changed since the listing, and no event that was handled said so; anything changed at all.
    public Images Untold { get; init; }
    public bool IsChanged { get; init; }

    /// <summary>For S1 alone: somebody pushed a deleted image again since the batch was confirmed.</summary>
    public bool IsPushedAgain { get; init; }
    public ReconcileDefect Defect { get; init; }

    public bool IsRunning => Step is Listed or Filed or Confirmed or Deleted;

    public bool IsDone => Step is Done or Reported or Halted;

    public Images Expired => Live & Old & ~Protected;

    public Images Batch => Left.Oldest();

    public ReconcileState List()
    {
        var decided = Defect == ReportsWhatIsProtected ? Live & Old : Expired;
        return this with
        {
            Step = Listed,
            Listing = Live,
            Decided = decided,
            Left = decided,
            IsDry = IsDryRunSet,
            Written = Images.None,
            Untold = Images.None,
            IsChanged = false,
        };
    }

    /// <summary>Rows as the listing has them, but for those that a push has written since.</summary>
    public ReconcileState File()
    {
        var kept = Defect == FilesRowsUnconditionally ? Images.None : Written;
        var filed = this with { Rows = (Listing & ~kept) | (Rows & kept) };
        if (Defect != HasNoBreaker && Decided.Count() > MaxDeletes)
            return filed with { Step = Halted };
        if (IsDry && Defect != DeletesAlthoughDry)
            return filed with { Step = Reported };
        return filed with { Step = Decided == Images.None ? Done : Filed };
    }

    /// <summary>ECR's word on this batch alone, right before its delete.</summary>
    public ReconcileState Confirm()
    {
        var isConfirmedAnew = Defect != ConfirmsOnlyTheFirstBatch || Left == Decided;
        var isExpired = Defect == ConfirmIgnoresAge ? Live & ~Protected : Expired;
        return isConfirmedAnew && !isExpired.Has(Batch) ? Next() : this with { Step = Confirmed };
    }

    /// <summary>By pairs: an image that has gained the protecting tag since survives, unless that tag is among the pairs.</summary>
    public ReconcileState Delete()
    {
        var isSpared = !Live.Has(Batch) || (Protected.Has(Batch) && Defect != ConfirmsOnlyTheFirstBatch);
        var deleted = isSpared ? Images.None : Batch;
        return this with
        {
            Step = Deleted, Live = Live & ~deleted, Pruned = Pruned | deleted, Protected = Protected & ~deleted, IsPushedAgain = false,
        };
    }

    public ReconcileState RemoveRow()
    {
        var removed = Defect == RemovesNoRows ? this : this with { Rows = Rows & ~(Batch & ~Live) };
        return removed.Next();
    }

    public ReconcileState Crash() => this with
    {
        Step = Idle,
        Listing = Images.None,
        Decided = Images.None,
        Left = Images.None,
        IsDry = false,
        IsPushedAgain = false,
    };

    // Outside.

    public ReconcileState Push() => this with
    {
        Live = Live | Images.Third, IsEventPending = true, Untold = Untold | Images.Third, IsChanged = true,
    };

    /// <summary>Another run handles the push.</summary>
    public ReconcileState HandlePush() => this with
    {
        IsEventPending = false,
        Rows = (Rows & ~Images.Third) | (Live & Images.Third),
        Written = Written | Images.Third,
        Untold = Untold & ~Images.Third,
    };

    public ReconcileState LosePush() => this with { IsEventPending = false };

    public ReconcileState Protect(Images image) => this with { Protected = image, IsChanged = true };

    public ReconcileState Unprotect() => this with { Protected = Images.None, IsChanged = true };

    public ReconcileState DeleteByHand(Images image) => this with
    {
        Live = Live & ~image,
        RemovedByHand = RemovedByHand | image,
        Protected = Protected & ~image,
        Untold = Untold | image,
        IsChanged = true,
    };

    /// <summary>The same digest, but a new push time. Its event is lost.</summary>
    public ReconcileState PushAgain(Images image) => this with
    {
        Live = Live | image,
        RemovedByHand = RemovedByHand & ~image,
        Old = Old & ~image,
        Untold = Untold | image,
        IsChanged = true,
        IsPushedAgain = Step == Confirmed,
    };

    public ReconcileState LoseRow(Images image) => this with { Rows = Rows & ~image, Untold = Untold | image };

    public ReconcileState Age() => this with { Old = Old | (Images.All & ~Old).Oldest(), IsChanged = true };

    public ReconcileState SwitchDryRun() => this with { IsDryRunSet = !IsDryRunSet };

    ReconcileState Next()
    {
        var left = Defect == EndsAfterTheFirstBatch ? Images.None : Left & ~Batch;
        return this with { Left = left, Step = left == Images.None ? Done : Filed };
    }
}
