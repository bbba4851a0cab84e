using CsCheck;

namespace PushPruner.Tests.Model;

/// <summary>A multi-arch image goes whole, owners first, or stays whole.</summary>
static class FamilySpec
{
    static readonly Parts[] Group = [Parts.Index, Parts.Member, Parts.Referrer];

    public static Spec<FamilyState> Create() => Promised(Outside(Handled(Spec.From(FamilyState.Initial))));

    public static Spec<FamilyState> WithDefects() =>
        Enum.GetValues<FamilyDefect>()
            .Where(defect => defect != FamilyDefect.None)
            .Aggregate(
                Create(),
                (spec, defect) =>
                    spec.Fault($"{defect}", (_, after) => after.Defect == FamilyDefect.None, (_, after) => after with { Defect = defect }));

    /// <summary>S4 without its window: no part may gain the protecting tag between the confirmation and the delete either.</summary>
    public static Spec<FamilyState> WithoutTheWindow() => Create()
        .Never("S4 to the millisecond", Promises.S4, (before, after) => Deleted(before, after) != Parts.None && before.IsGroupProtected);

    static Spec<FamilyState> Handled(Spec<FamilyState> spec) => spec
        .Action("Propose", s => s.Step == FamilyStep.Idle && s.IsEventPending, s => s.Propose())
        .Action("Confirm", s => s.Step == FamilyStep.Proposed, s => s.Confirm())
        .Action("Delete the owner", s => s.Step == FamilyStep.Confirmed, s => s.DeleteOwner())
        .Action("Ask for the owner", s => s.Step == FamilyStep.OwnerAsked, s => s.AskForTheOwner())
        .Action("Delete the parts", s => s.Step == FamilyStep.PartsDue, s => s.DeleteParts())
        .Action("Remove the parts' rows", s => s.Step == FamilyStep.PartsAsked, s => s.RemoveRowsOfParts())
        .Action("Remove the owner's row", s => s.Step == FamilyStep.RowsOfPartsRemoved, s => s.RemoveRowOfTheOwner())
        .Action("Crash", s => s.Step != FamilyStep.Idle, s => s.Crash());

    static Spec<FamilyState> Outside(Spec<FamilyState> spec) =>
        spec.Action("CI pushes another image", s => !s.IsEventPending, s => s.Push())
            .Action("index gains a tag", s => s.Live.Has(Parts.Index) && !s.Tags.Has(Tags.Extra), s => s.GainTag())
            .Action("protecting tag is put on", Group, (s, part) => s.Live.Has(part) && s.Protected != part, (s, part) => s.Protect(part))
            .Action("protecting tag is deleted", s => s.Protected != Parts.None, s => s.Unprotect())
            .Action(
                "CI pushes another index of the member",
                s => s.Live.Has(Parts.Member) && !s.Live.Has(Parts.OtherIndex),
                s => s.PushOtherIndex())
            .Action("its event is handled", s => s.Live.Has(Parts.OtherIndex) && !s.IsOtherOwnerKnown, s => s.HandleOtherIndex())
            .Action("deleted by hand", [Parts.Index, Parts.OtherIndex], (s, part) => s.Live.Has(part), (s, part) => s.DeleteByHand(part))
            .Print(StateText.Of);

    static Spec<FamilyState> Promised(Spec<FamilyState> spec) => spec.Never(
            "S3",
            Promises.S3,
            (before, after) =>
                (Deleted(before, after).Has(Parts.Member | Parts.Referrer) && after.Live.Has(Parts.Index))
                || (Deleted(before, after).Has(Parts.Member) && after.Live.Has(Parts.OtherIndex)))
        .Never(
            "S4",
            Promises.S4,
            (before, after) =>
                (Deleted(before, after) != Parts.None && before.IsGroupProtected && !before.IsOvertaken)
                || Deleted(before, after).Has(before.Protected & Parts.Index))
        .Never(
            "S5",
            Promises.S5,
            on: "Delete the owner",
            (before, after) => Deleted(before, after).Has(Parts.Index) && before.Tags.Has(~before.Pairs))
        .Invariant("L1", Promises.L1, s => !s.IsQuiet || !s.IsSettled || s.Due == Parts.None)
        .Reachable("Prunes", "a model in which nothing is ever deleted would keep every promise", s => s.Pruned == Parts.Group);

    static Parts Deleted(FamilyState before, FamilyState after) => before.Live & after.Pruned & ~before.Pruned;
}
