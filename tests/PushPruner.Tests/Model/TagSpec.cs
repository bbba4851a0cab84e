using CsCheck;

namespace PushPruner.Tests.Model;

/// <summary>The races between a confirmation and its delete, to the tag.</summary>
static class TagSpec
{
    public static Spec<TagState> Create(int runs) =>
        Promised(Outside(Run(Spec.From(TagState.Initial), [.. Enum.GetValues<Actor>().Take(runs)])));

    public static Spec<TagState> WithDefects(int runs) =>
        Enum.GetValues<TagDefect>()
            .Where(defect => defect != TagDefect.None)
            .Aggregate(
                Create(runs),
                (spec, defect) =>
                    spec.Fault($"{defect}", (_, after) => after.Defect == TagDefect.None, (_, after) => after with { Defect = defect }));

    static Spec<TagState> Run(Spec<TagState> spec, Actor[] actors) => spec
        .Action("Confirm", actors, (s, who) => s.Of(who).IsAt(DeleteStep.Idle), (s, who) => s.Confirm(who))
        .Action("Delete", actors, (s, who) => !s.Of(who).IsAt(DeleteStep.Idle), (s, who) => s.DeleteNext(who))
        .Action("Crash", actors, (s, who) => !s.Of(who).IsAt(DeleteStep.Idle), (s, who) => s.Crash(who));

    static Spec<TagState> Outside(Spec<TagState> spec) => spec
        .Action("gains", TagSets.Each, (s, tag) => s.IsThere && !s.Tags.Has(tag), (s, tag) => s.Add(tag))
        .Action("loses", TagSets.Each, (s, tag) => s.IsThere && s.Tags.Has(tag), (s, tag) => s.TakeAway(tag))
        .Action("event is handled", s => s.IsThere && s.Filed != s.Tags, s => s.File())
        .Action("deleted by hand", s => s.IsThere, s => s.DeleteByHand())
        .Action("pushed again", TagSets.Each, (s, _) => s.Image == ImageIs.DeletedByHand, (s, tag) => s.PushAgain(tag))
        .Action("time passes", s => s.IsThere && !s.IsOld, s => s.Age())
        .Terminal(s => s.Image == ImageIs.Pruned)
        .Print(StateText.Of);

    static Spec<TagState> Promised(Spec<TagState> spec) => spec.Never(
            "S1",
            Promises.S1,
            on: "Delete",
            (before, after) => IsPruned(before, after) && !before.IsOld && !Deleting(before, after).IsPushedAgain)
        .Never(
            "S4",
            Promises.S4,
            on: "Delete",
            (before, after) => IsPruned(before, after) && before.Tags.Has(Tags.Protecting) && !Deleting(before, after).IsByDigest)
        .Never(
            "S5",
            Promises.S5,
            on: "Delete",
            (before, after) =>
                IsPruned(before, after) && before.Tags.Has(~Deleting(before, after).Confirmed) && !Deleting(before, after).IsByDigest)
        .Reachable(
            "Window of S5",
            "Untagged ones go by digest: there a window of milliseconds remains",
            s => s.Image == ImageIs.Pruned && s.Tags.Has(Tags.Protecting))
        .Reachable(
            "Window of S1",
            "what is deleted by hand and pushed again with the same tag within those milliseconds goes, too",
            s => s.Image == ImageIs.Pruned && !s.IsOld)
        .Reachable("Prunes", "a model in which nothing is ever deleted would keep every promise", s => s.Image == ImageIs.Pruned);

    static bool IsPruned(TagState before, TagState after) => before.IsThere && after.Image == ImageIs.Pruned;

    static DeleteRun Deleting(TagState before, TagState after) => before.One == after.One ? before.Two : before.One;
}
