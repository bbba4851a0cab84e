namespace PushPruner.LocalAws;

/// <summary>Without a status, ECR answers with active images only.</summary>
public sealed record ImageFilter
{
    /// <summary>TAGGED, UNTAGGED or ANY (the default).</summary>
    public string? TagStatus { get; init; }

    /// <summary>ACTIVE (the default), ARCHIVED, ACTIVATING or ANY.</summary>
    public string? ImageStatus { get; init; }

    /// <summary>Every image of every status.</summary>
    public static ImageFilter Any { get; } = new() { TagStatus = "ANY", ImageStatus = "ANY" };
}
