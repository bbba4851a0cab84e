namespace PushPruner.Jobs;

/// <summary>An image that ECR refused to delete, in its words. The next run tries again.</summary>
public sealed record FailedDelete(string Digest, string Code, string? Message)
{
    /// <summary>Code of a tag that an image lost although ECR then kept the image.</summary>
    public const string TagLost = "TagLost";
}
