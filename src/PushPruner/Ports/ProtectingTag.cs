namespace PushPruner.Ports;

/// <summary>
/// Which image has a protecting tag. When a push moves the tag, the image that had it until then is no longer protected, and no event says
/// so: without this row it would be kept for ever.
/// </summary>
public sealed record ProtectingTag
{
    public required string Tag { get; init; }

    /// <summary>The image's row as it was written with the tag, so that rebuilding it needs no read.</summary>
    public required IndexRow Row { get; init; }

    public long Revision { get; init; } = IndexRow.Unwritten;
}
