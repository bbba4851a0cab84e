namespace PushPruner.Tests.Model;

/// <summary>One safety step of a delete left out, or ECR not behaving as its documentation reads.</summary>
enum TagDefect : byte
{
    None,
    DeletesByDigest,
    ConfirmIgnoresProtection,
    ConfirmIgnoresAge,
    DeletesWithoutConfirming,

    /// <summary>The pairs of the tags that the index knows, not of those that ECR confirmed.</summary>
    DeletesThePairsOfTheIndex,

    /// <summary>A pair is refused only when its tag has moved, and else takes the image with all its tags.</summary>
    EcrDeletesTheWholeImageByAPair,
}
