namespace PushPruner.LocalAws;

/// <summary>The events of a deleted image. The documentation shows one with a tag; what several tags or none give is not said.</summary>
public enum DeleteEvents
{
    None,

    /// <summary>One for each deleted tag; one with an empty tag for an untagged image.</summary>
    OnePerTag,

    /// <summary>One for each deleted image, with its first tag.</summary>
    OnePerDigest,
}
