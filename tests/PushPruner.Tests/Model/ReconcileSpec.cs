using CsCheck;
using static PushPruner.Tests.Model.Images;

namespace PushPruner.Tests.Model;

/// <summary>A reconcile while everything goes on around it; the breaker and the dry run.</summary>
static class ReconcileSpec
{
    public static Spec<ReconcileState> Create() => Promised(Outside(Run(Spec.From(ReconcileState.Initial))));

    public static Spec<ReconcileState> WithDefects() =>
        Enum.GetValues<ReconcileDefect>()
            .Where(defect => defect != ReconcileDefect.None)
            .Aggregate(
                Create(),
                (spec, defect) => spec.Fault(
                    $"{defect}",
                    (_, after) => after.Defect == ReconcileDefect.None,
                    (_, after) => after with { Defect = defect }
                ));

    static Spec<ReconcileState> Run(Spec<ReconcileState> spec) => spec
        .Action("List and decide", s => !s.IsRunning, s => s.List())
        .Action("File rows", s => s.Step == ReconcileStep.Listed, s => s.File())
        .Action("Confirm batch", s => s.Step == ReconcileStep.Filed, s => s.Confirm())
        .Action("Delete", s => s.Step == ReconcileStep.Confirmed, s => s.Delete())
        .Action("Remove row", s => s.Step == ReconcileStep.Deleted, s => s.RemoveRow())
        .Action("Crash", s => s.IsRunning, s => s.Crash());

    static Spec<ReconcileState> Outside(Spec<ReconcileState> spec) =>
        spec.Action("CI pushes", s => !(s.Live | s.Pruned | s.RemovedByHand).Has(Third), s => s.Push())
            .Action("push is handled", s => s.IsEventPending, s => s.HandlePush())
            .Action("event is lost", s => s.IsEventPending, s => s.LosePush())
            .Action(
                "protecting tag moves to",
                ImageSets.Each,
                (s, image) => s.Live.Has(image) && s.Protected != image,
                (s, image) => s.Protect(image))
            .Action("protecting tag is deleted", s => s.Protected != None, s => s.Unprotect())
            .Action("deleted by hand", ImageSets.Each, (s, image) => s.Live.Has(image), (s, image) => s.DeleteByHand(image))
            .Action("pushed again", s => s.RemovedByHand.Has(First), s => s.PushAgain(First))
            .Action("row is lost", [First, Third], (s, image) => s.Rows.Has(image), (s, image) => s.LoseRow(image))
            .Action("time passes", s => s.Old != All && (s.Live | s.Pruned | s.RemovedByHand).Has((All & ~s.Old).Oldest()), s => s.Age())
            .Action("dry run is switched", s => !s.IsRunning, s => s.SwitchDryRun())
            .Print(StateText.Of);

    static Spec<ReconcileState> Promised(Spec<ReconcileState> spec) =>
        spec.Never("S1", Promises.S1, on: "Delete", (before, after) => !before.IsPushedAgain && Deleted(before, after).Has(~before.Old))
            .Never("S4", Promises.S4, on: "Delete", (before, after) => Deleted(before, after).Has(before.Protected))
            .Never(
                "S6",
                Promises.S6,
                (before, after) =>
                    (before.IsDry && Deleted(before, after) != None)
                    || (after.Step == ReconcileStep.Reported && !after.IsChanged && after.Decided != after.Expired))
            .Never(
                "S8",
                Promises.S8,
                on: "Delete",
                (before, after) => before.Decided.Count() > ReconcileState.MaxDeletes && Deleted(before, after) != None)
            .Invariant(
                "L2",
                Promises.L2,
                s => !s.IsDone || ((s.Step != ReconcileStep.Done || s.IsChanged || s.Expired == None) && !(s.Rows ^ s.Live).Has(~s.Untold)))
            .Reachable("Prunes", "a model in which nothing is ever deleted would keep every promise", s => s.Pruned == All);

    static Images Deleted(ReconcileState before, ReconcileState after) => before.Live & after.Pruned & ~before.Pruned;
}
