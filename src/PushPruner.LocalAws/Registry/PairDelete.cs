namespace PushPruner.LocalAws;

/// <summary>What BatchDeleteImage does with an id that names both a digest and a tag. Not documented, no recording found.</summary>
public enum PairDelete
{
    /// <summary>The tag goes, and the image with its last tag.</summary>
    TagOnly,

    /// <summary>The image goes with all its tags.</summary>
    WholeImage,
}
