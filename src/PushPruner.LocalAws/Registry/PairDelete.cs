namespace PushPruner.LocalAws;

/// <summary>What BatchDeleteImage does with an id that names both a digest and a tag. Not documented, no recording found.</summary>
public enum PairDelete
{
    /// <summary>Deletes the tag, and the image with its last tag.</summary>
    TagOnly,

    /// <summary>Deletes the image with all its tags.</summary>
    WholeImage,
}
