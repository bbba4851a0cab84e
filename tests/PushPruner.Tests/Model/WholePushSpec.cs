using CsCheck;
using static PushPruner.Tests.Model.Images;

namespace PushPruner.Tests.Model;

/// <summary>
/// The model of a push with each run taken whole, which is how the real job can be driven beside it. The first image is protected at first.
/// </summary>
static class WholePushSpec
{
    public static Spec<PushState> Create(int acts) =>
        Spec.From(PushState.With(acts) with { Protected = First, FiledProtected = First, Bearer = First })
            .Action("handled", ImageSets.Each, (s, image) => s.Events.Has(image), Handled)
            .Action("CI pushes", s => s.Acts > 0 && !s.WasPushed(Third), s => s.Push())
            .Action(
                "event comes again",
                ImageSets.Each,
                (s, image) => s.Acts > 0 && s.WasPushed(image) && !s.Events.Has(image),
                (s, image) => s.Repeat(image))
            .Action("event is lost", ImageSets.Each, (s, image) => s.Acts > 0 && s.Events.Has(image), (s, image) => s.Lose(image))
            .Action("protecting tag is deleted", s => s.Acts > 0 && s.Protected != None, s => s.DeleteTheProtectingTag())
            .Action("deleted by hand", ImageSets.Each, (s, image) => s.Acts > 0 && s.Live.Has(image), (s, image) => s.DeleteByHand(image))
            .Action("index is wiped", s => s.Acts > 0 && s.IsKnown, s => s.Wipe())
            .Action("time passes", s => s.Old != All && s.WasPushed((All & ~s.Old).Oldest()), s => s.Age())
            .Reachable(
                "Prunes",
                "a model in which nothing is ever deleted would conform to a job that does nothing",
                s => s.Pruned == (First | Second))
            .Terminal(s => s.Acts == 0 && s.IsQuiet)
            .Print(StateText.Of);

    static PushState Handled(PushState state, Images image)
    {
        var handled = state.Deliver(Actor.One, image).Record(Actor.One);
        while (!handled.One.IsAt(PushStep.Idle))
        {
            handled = handled.One.Step switch
            {
                PushStep.Recorded => handled.Propose(Actor.One),
                PushStep.Proposed => handled.Confirm(Actor.One),
                PushStep.Confirmed => handled.Delete(Actor.One),
                PushStep.Deleted => handled.Bury(Actor.One),
                PushStep.Buried => handled.Forget(Actor.One),
                _ => handled.Acknowledge(Actor.One),
            };
        }

        return handled;
    }
}
