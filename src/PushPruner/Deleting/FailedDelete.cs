using System.Text.Json.Serialization;

namespace PushPruner.Deleting;

/// <summary>An image that ECR refused to delete, in its words. The next run tries again.</summary>
public sealed record FailedDelete(string Digest, string Code, string? Message)
{
    /// <summary>Code of a tag that an image lost although ECR then kept the image.</summary>
    public const string TagLost = "TagLost";

    /// <summary>
    /// True if trying again does not help until somebody acts, such as after <c>KmsError</c>. A code that is not known counts: of the codes
    /// of ECR's ImageFailureCode only these four pass, beside lost tags, because a tag has moved, an owner is deleted first, or the
    /// upstream registry answers again.
    /// </summary>
    [JsonIgnore]
    public bool IsLasting =>
        Code
            is not (
                TagLost
                or "ImageTagDoesNotMatchDigest"
                or "ImageReferencedByManifestList"
                or "UpstreamTooManyRequests"
                or "UpstreamUnavailable");
}
