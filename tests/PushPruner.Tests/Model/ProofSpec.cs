using CsCheck;

namespace PushPruner.Tests.Model;

/// <summary>A member that arrives before its index, events in any order: what is not proven to be an image pushes none out.</summary>
static class ProofSpec
{
    static readonly Parts[] Pushed = [Parts.Plain, Parts.Member, Parts.Index];

    public static Spec<ProofState> Create(int handlers) =>
        Promised(Outside(Handled(Spec.From(ProofState.Initial), [.. Enum.GetValues<Actor>().Take(handlers)])));

    public static Spec<ProofState> WithDefects(int handlers) =>
        Enum.GetValues<ProofDefect>()
            .Where(defect => defect != ProofDefect.None)
            .Aggregate(
                Create(handlers),
                (spec, defect) =>
                    spec.Fault($"{defect}", (_, after) => after.Defect == ProofDefect.None, (_, after) => after with { Defect = defect }));

    static Spec<ProofState> Handled(Spec<ProofState> spec, Actor[] actors) => spec.Action(
            "Deliver",
            [.. actors.SelectMany(_ => Pushed, (who, part) => (Who: who, Part: part))],
            (s, d) => s.Of(d.Who).IsAt(ProofStep.Idle) && s.Events.Has(d.Part),
            (s, d) => s.Deliver(d.Who, d.Part))
        .Action("Read row", actors, (s, who) => s.Of(who).IsAt(ProofStep.Delivered), (s, who) => s.ReadRow(who))
        .Action("Write row", actors, (s, who) => s.Of(who).IsAt(ProofStep.Read), (s, who) => s.WriteRow(who))
        .Action("Write the other row", actors, (s, who) => s.Of(who).IsAt(ProofStep.HalfRecorded), (s, who) => s.WriteTheOther(who))
        .Action("Propose", actors, (s, who) => s.Of(who).IsAt(ProofStep.Recorded), (s, who) => s.Propose(who))
        .Action("Confirm", actors, (s, who) => s.Of(who).IsAt(ProofStep.Proposed), (s, who) => s.Confirm(who))
        .Action("Delete", actors, (s, who) => s.Of(who).IsAt(ProofStep.Confirmed), (s, who) => s.Delete(who))
        .Action("Crash", actors, (s, who) => !s.Of(who).IsAt(ProofStep.Idle), (s, who) => s.Crash(who));

    static Spec<ProofState> Outside(Spec<ProofState> spec) =>
        spec.Action("CI pushes an image", s => !s.Live.Has(Parts.Plain), s => s.PushPlain())
            .Action("CI pushes a member", Enum.GetValues<MemberTag>(), (s, _) => !s.Live.Has(Parts.Member), (s, tag) => s.PushMember(tag))
            .Action("CI pushes its index", s => s.Live.Has(Parts.Member) && !s.Live.Has(Parts.Index), s => s.PushIndex(isUnreadable: false))
            .Action(
                "CI pushes an index that can't be read",
                s => s.Live.Has(Parts.Member) && !s.Live.Has(Parts.Index),
                s => s.PushIndex(isUnreadable: true))
            .Action("member has settled", s => s.Live.Has(Parts.Member) && !s.HasSettled, s => s.Settle())
            .Action("event comes again", Pushed, (s, part) => s.Live.Has(part) && !s.Events.Has(part), (s, part) => s.Repeat(part))
            .Action("event is lost", Pushed, (s, part) => s.Events.Has(part), (s, part) => s.Lose(part))
            .Action("reconcile lists", s => s.One.IsAt(ProofStep.Idle) && s.Two.IsAt(ProofStep.Idle), s => s.List())
            .Print(StateText.Of);

    static Spec<ProofState> Promised(Spec<ProofState> spec) => spec.Never(
            "S2",
            Promises.S2,
            on: "Confirm",
            (before, after) =>
                Enum.GetValues<Actor>()
                    .Any(who =>
                        before.Of(who) != after.Of(who)
                        && after.Of(who).IsAt(ProofStep.Confirmed)
                        && before.NewerBy(who) < ProofState.Newest))
        .Reachable("Prunes", "a model in which nothing is ever deleted would keep every promise", s => !s.Live.Has(Parts.Candidate))
        .Reachable(
            "Prunes after a proof",
            "an image that was never tagged is proven, and so counted and pruned, only by the next reconcile",
            s => !s.Live.Has(Parts.Candidate | Parts.Index) && s.Tag == MemberTag.None);
}
