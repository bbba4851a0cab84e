namespace PushPruner.LocalAws;

/// <summary>
/// The failures that BatchDeleteImage and BatchGetImage answer per id. Where no recording has the reason, the words are ours.
/// </summary>
static class ImageFailures
{
    // Code and reason as recorded on the wire.
    internal static ImageFailure NotFound(EcrImageId id) => Of(id, "ImageNotFound", "Requested image not found");

    // As lifecycle runs record it. The owner's digest is in brackets.
    internal static ImageFailure Referenced(EcrImageId id, IEnumerable<string> owners) => Of(
        id,
        "ImageReferencedByManifestList",
        $"Requested image referenced by manifest list: [{string.Join(", ", owners)}]");

    internal static ImageFailure TagDoesNotMatch(EcrImageId id) =>
        Of(id, "ImageTagDoesNotMatchDigest", "Requested image tag does not match the requested image digest");

    internal static ImageFailure NoDigestAndNoTag(EcrImageId id) =>
        Of(id, "MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null");

    internal static ImageFailure InvalidDigest(EcrImageId id) => Of(
        id,
        "InvalidImageDigest",
        "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'");

    internal static ImageFailure InvalidTag(EcrImageId id) => Of(
        id,
        "InvalidImageTag",
        "Invalid request parameters: image tag should satisfy the regex '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,299}'");

    // Ours: an image that was seeded without its manifest.
    internal static ImageFailure Inaccessible(EcrImageId id) => Of(id, "ImageInaccessible", "The manifest is not in this registry");

    static ImageFailure Of(EcrImageId id, string code, string reason) => new() { ImageId = id, FailureCode = code, FailureReason = reason };
}
