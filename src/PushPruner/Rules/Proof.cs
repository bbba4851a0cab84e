namespace PushPruner.Rules;

/// <summary>What shows that a manifest is an image of its own, and not a part of one.</summary>
public static class Proof
{
    /// <summary>
    /// True when having been pushed with this tag proves an image, whether it still has it or not. A platform's tag proves nothing:
    /// the list that will name the image may not have arrived. A signature's form proves nothing either.
    /// </summary>
    public static bool IsGivenByPushWith(string tag)
    {
        return !PlatformTag.Is(tag) && !ReferrerTag.HasForm(tag);
    }
}
