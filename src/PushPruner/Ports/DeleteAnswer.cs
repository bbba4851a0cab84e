namespace PushPruner.Ports;

/// <summary>ECR's answer for one id of a delete.</summary>
/// <param name="FailureCode">ECR's code; null when it was deleted.</param>
/// <param name="FailureReason">ECR's words.</param>
public sealed record DeleteAnswer(ImageId Id, string? FailureCode = null, string? FailureReason = null)
{
    public const string ImageNotFound = "ImageNotFound";
    public const string ReferencedByManifestList = "ImageReferencedByManifestList";

    /// <summary>Gone, by this delete or by another before it.</summary>
    public bool IsGone => FailureCode is null or ImageNotFound;
}
