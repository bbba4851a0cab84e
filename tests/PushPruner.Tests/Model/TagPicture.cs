using CsCheck;

namespace PushPruner.Tests.Model;

/// <summary>
/// The smallest part of the races over tags that is worth looking at: one image, one run, one protecting tag that comes and goes.
/// </summary>
static class TagPicture
{
    public static Spec<TagState> Create() => Spec.From(TagState.Initial with { IsOld = true })
        .Action("confirm", s => s.One.IsAt(DeleteStep.Idle) && s.Confirm(Actor.One) != s, s => s.Confirm(Actor.One))
        .Action("delete", s => !s.One.IsAt(DeleteStep.Idle), s => s.DeleteNext(Actor.One))
        .Action("stable is put on", s => s.IsThere && !s.Tags.Has(Tags.Protecting), s => s.Add(Tags.Protecting))
        .Action("stable moves on", s => s.IsThere && s.Tags.Has(Tags.Protecting), s => s.TakeAway(Tags.Protecting))
        .Terminal(s => s.Image == ImageIs.Pruned)
        .Print(Words);

    static string Words(TagState state)
    {
        if (!state.IsThere)
            return "deleted" + (state.Tags == Tags.None ? "" : " although tagged " + Names(state.Tags));

        var image = state.Tags == Tags.None ? "untagged" : Names(state.Tags);
        return state.One.IsAt(DeleteStep.Idle)
            ? image
            : image + ", confirmed as " + (state.One.IsByDigest ? "untagged" : Names(state.One.Confirmed));
    }

    static string Names(Tags tags) =>
        string.Join(" and ", TagSets.Each.Where(tag => tags.Has(tag)).Select(tag => tag == Tags.Protecting ? "stable" : "1.0"));
}
