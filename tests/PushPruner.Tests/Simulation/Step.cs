using CsCheck;

namespace PushPruner.Tests.Simulation;

/// <summary>Something that happens around the repository.</summary>
/// <param name="Pick">Chooses among what there is: an image, an event, a call.</param>
sealed record Step(StepKind Kind, int Pick)
{
    static readonly StepKind[] Lossless =
    [
        StepKind.Push, StepKind.Push, StepKind.PushRelease, StepKind.MoveLatest, StepKind.Promote, StepKind.Protect, StepKind.Untag,
        StepKind.PushCache, StepKind.PushChart, StepKind.Sign, StepKind.Stage, StepKind.PushStagedList,
        StepKind.Deliver, StepKind.Deliver, StepKind.Deliver, StepKind.Deliver, StepKind.Deliver, StepKind.DeliverTwice,
        StepKind.DeliverLagging, StepKind.Crash, StepKind.Throttle, StepKind.MissRepository, StepKind.PushAgainAmidDelete,
        StepKind.Days, StepKind.Days, StepKind.Hours, StepKind.Reconcile, StepKind.ReconcileDies, StepKind.Together, StepKind.Together,
    ];

    static readonly StepKind[] Any =
    [
        .. Lossless, StepKind.Lose, StepKind.Wipe, StepKind.DeleteByHand, StepKind.DeleteKinByHand, StepKind.Archive,
        StepKind.ClockSetBack, StepKind.RefuseSome, StepKind.Reconcile, StepKind.ReconcileDies,
        StepKind.ReconcileAmidPush, StepKind.ReconcileAmidProtect,
        StepKind.ReconcileLagging, StepKind.RetagPlatform, StepKind.SignOldest, StepKind.ProtectPartAmidDelete,
    ];

    /// <summary>Every event is delivered in the end, and nobody but the product deletes.</summary>
    public static Gen<Step[]> WithoutLoss { get; } = Of(Lossless);

    public static Gen<Step[]> WithLoss { get; } = Of(Any);

    /// <summary>Much expires, and what arrives then touches what has expired.</summary>
    public static Gen<Step[]> AroundAHalt { get; } = Of(
    [
        StepKind.Push, StepKind.Push, StepKind.Push, StepKind.PushRelease, StepKind.PushCache, StepKind.Days,
        StepKind.Deliver, StepKind.Deliver, StepKind.Deliver, StepKind.Deliver, StepKind.Deliver, StepKind.DeliverTwice,
        StepKind.DeliverLagging, StepKind.Sign, StepKind.SignOldest, StepKind.SignOldest,
        StepKind.RetagPlatform, StepKind.Untag, StepKind.Promote,
        StepKind.Crash, StepKind.Reconcile, StepKind.Wipe, StepKind.Lose, StepKind.DeleteByHand, StepKind.RefuseSome,
    ]);

    /// <summary>Histories of these steps alone; one that stands several times comes up more often.</summary>
    public static Gen<Step[]> Of(params StepKind[] kinds) =>
        Gen.Select(Given.Pick.Of(kinds), Gen.Int[0, 1_000]).Select((kind, pick) => new Step(kind, pick)).Array[1, 60];

    public override string ToString() => $"{Kind} {Pick}";
}
