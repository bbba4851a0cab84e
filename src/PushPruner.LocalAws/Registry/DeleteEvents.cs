namespace PushPruner.LocalAws;

/// <summary>The events of a deleted image. The documentation shows one with a tag; what several tags or none give is not said.</summary>
public enum DeleteEvents
{
    None,

    /// <summary>One for each tag that went; one with an empty tag for an untagged image.</summary>
    OnePerTag,

    /// <summary>One for each image that went, with its first tag.</summary>
    OnePerDigest,
}
