using CsCheck;
using static PushPruner.Tests.Model.Images;

namespace PushPruner.Tests.Model;

/// <summary>
/// Pushes, step by step, while events are lost, repeated and late, handlers die, the index is wrong, and people delete and tag: the index
/// proposes, ECR disposes.
/// </summary>
static class PushSpec
{
    /// <param name="handlers">How many runs at once: 1 or 2.</param>
    /// <param name="acts">How often the outside interferes.</param>
    public static Spec<PushState> Create(int handlers, int acts) =>
        Promised(Outside(Handled(Spec.From(PushState.With(acts)), [.. Enum.GetValues<Actor>().Take(handlers)])));

    public static Spec<PushState> WithDefects(int handlers, int acts) =>
        Enum.GetValues<PushDefect>()
            .Where(defect => defect != PushDefect.None)
            .Aggregate(
                Create(handlers, acts),
                (spec, defect) =>
                    spec.Fault($"{defect}", (_, after) => after.Defect == PushDefect.None, (_, after) => after with { Defect = defect }));

    /// <summary>S2 without its window: nobody may delete by hand what outranks, between the confirmation and the delete either.</summary>
    public static Spec<PushState> WithoutTheWindow(int handlers, int acts) => Create(handlers, acts)
        .Never("S2 to the millisecond", Promises.S2, on: "Delete", (before, after) => Deleted(before, after).Has(~before.Live.Outranked()));

    static Spec<PushState> Handled(Spec<PushState> spec, Actor[] actors) => spec.Action(
            "Deliver",
            [.. actors.SelectMany(_ => ImageSets.Each, (who, image) => (Who: who, Image: image))],
            (s, d) => s.Of(d.Who).IsAt(PushStep.Idle) && s.Events.Has(d.Image),
            (s, d) => s.Deliver(d.Who, d.Image))
        .Action("Record", actors, (s, who) => s.Of(who).IsAt(PushStep.Delivered), (s, who) => s.Record(who))
        .Action("Propose", actors, (s, who) => s.Of(who).IsAt(PushStep.Recorded), (s, who) => s.Propose(who))
        .Action("Confirm", actors, (s, who) => s.Of(who).IsAt(PushStep.Proposed), (s, who) => s.Confirm(who))
        .Action("Delete", actors, (s, who) => s.Of(who).IsAt(PushStep.Confirmed), (s, who) => s.Delete(who))
        .Action("Bury", actors, (s, who) => s.Of(who).IsAt(PushStep.Deleted), (s, who) => s.Bury(who))
        .Action("Forget", actors, (s, who) => s.Of(who).IsAt(PushStep.Buried), (s, who) => s.Forget(who))
        .Action("Acknowledge", actors, (s, who) => s.Of(who).IsAt(PushStep.Done), (s, who) => s.Acknowledge(who))
        .Action("Crash", actors, (s, who) => !s.Of(who).IsAt(PushStep.Idle), (s, who) => s.Crash(who));

    static Spec<PushState> Outside(Spec<PushState> spec) =>
        spec.Action("CI pushes", s => s.Acts > 0 && !s.WasPushed(Third), s => s.Push())
            .Action("CI promotes", s => s.Acts > 0 && s.Live.Has(First) && s.Promotion == Promoted.No, s => s.Promote())
            .Action(
                "protecting tag moves to",
                ImageSets.Each,
                (s, image) => s.Acts > 0 && s.Live.Has(image) && s.Protected != image,
                (s, image) => s.MoveTheProtectingTag(image))
            .Action("protecting tag is deleted", s => s.Acts > 0 && s.Protected != None, s => s.DeleteTheProtectingTag())
            .Action("deleted by hand", ImageSets.Each, (s, image) => s.Acts > 0 && s.Live.Has(image), (s, image) => s.DeleteByHand(image))
            .Action(
                "event comes again",
                ImageSets.Each,
                (s, image) => s.Acts > 0 && s.WasPushed(image) && !s.Events.Has(image),
                (s, image) => s.Repeat(image))
            .Action("event is lost", ImageSets.Each, (s, image) => s.Acts > 0 && s.Events.Has(image), (s, image) => s.Lose(image))
            .Action("row is lost", ImageSets.Each, (s, image) => s.Acts > 0 && s.Rows.Has(image), (s, image) => s.LoseRow(image))
            .Action(
                "row claims too much age",
                ImageSets.Each,
                (s, image) => s.Acts > 0 && !s.Old.Has(image) && !s.FiledTooOld.Has(image),
                (s, image) => s.FileTooOld(image))
            .Action("index is wiped", s => s.Acts > 0 && s.IsKnown, s => s.Wipe())
            .Action("time passes", s => s.Old != All && s.WasPushed((All & ~s.Old).Oldest()), s => s.Age())
            .Action("promotion is X ago", s => s.Promotion == Promoted.Remembered && s.Old.Has(First), s => s.AgePromotion())
            .Terminal(s => s.Acts == 0 && s.IsQuiet)
            .Print(StateText.Of);

    static Spec<PushState> Promised(Spec<PushState> spec) =>
        spec.Never("S1", Promises.S1, on: "Delete", (before, after) => Deleted(before, after).Has(~before.Old))
            .Never(
                "S2",
                Promises.S2,
                on: "Delete",
                (before, after) => !Deleting(before, after).IsOvertaken && Deleted(before, after).Has(~before.Live.Outranked()))
            .Never("S4", Promises.S4, on: "Delete", (before, after) => Deleted(before, after).Has(before.Protected))
            .Never("S7", Promises.S7, on: "Delete", (before, after) => Deleted(before, after).Has(Deleting(before, after).Event))
            .Never(
                "Promotion",
                Promises.Promotion,
                on: "Delete",
                (before, after) =>
                    before.Promotion == Promoted.Remembered
                    && Deleting(before, after).PromotionSeen != Promoted.Sent
                    && Deleted(before, after).Has(First))
            .Invariant("L1", Promises.L1, s => !s.IsQuiet || !s.Settled.Has(s.ExpiredAndKnown))
            .Invariant("Tombstone", Promises.Tombstone, s => !s.Pruned.Has(~s.Buried & ~s.Rows & ~s.One.Candidates & ~s.Two.Candidates))
            .Reachable("Prunes", "a model in which nothing is ever deleted would keep every promise", s => s.Pruned == First);

    static Images Deleted(PushState before, PushState after) => before.Live & after.Pruned & ~before.Pruned;

    static PushHandler Deleting(PushState before, PushState after) =>
        before.One.IsAt(PushStep.Confirmed) && after.One.IsAt(PushStep.Deleted) ? before.One : before.Two;
}
