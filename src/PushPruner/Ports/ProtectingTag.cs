namespace PushPruner.Ports;

/// <summary>
/// Who bears a protecting tag. When a push moves the tag, the image that bore it until then is no longer protected, and no event says
/// so: without this row it would be kept for ever.
/// </summary>
public sealed record ProtectingTag
{
    public required string Tag { get; init; }

    /// <summary>The bearer's row as it was written with the tag, so that filing it anew needs no read.</summary>
    public required IndexRow Row { get; init; }

    public long Revision { get; init; } = IndexRow.Unwritten;
}
