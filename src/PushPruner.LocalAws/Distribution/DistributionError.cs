using System.Text;
using System.Text.Json;

namespace PushPruner.LocalAws;

/// <summary>An error as the distribution specification has it; what the registry refuses is put in its terms.</summary>
public sealed class DistributionError : Exception
{
    internal DistributionError(string code, string message, int httpStatus)
        : base(message)
    {
        Code = code;
        HttpStatus = httpStatus;
    }

    /// <summary>"NAME_UNKNOWN", for one.</summary>
    public string Code { get; }

    public int HttpStatus { get; }

    internal byte[] Body => Encoding.UTF8.GetBytes(
        $$"""{"errors":[{"code":"{{Code}}","message":"{{JsonEncodedText.Encode(Message)}}"}]}""");

    internal static DistributionError Unsupported => new("UNSUPPORTED", "The operation is unsupported.", 405);

    internal static DistributionError BlobUnknown(string digest) =>
        new("BLOB_UNKNOWN", $"The layer with digest '{digest}' does not exist", 404);

    internal static DistributionError UploadUnknown(string id) =>
        new("BLOB_UPLOAD_UNKNOWN", $"The upload '{id}' is unknown to the registry", 404);

    internal static DistributionError DigestInvalid(string message) => new("DIGEST_INVALID", message, 400);

    internal static DistributionError ManifestInvalid(string message) => new("MANIFEST_INVALID", message, 400);

    // Code and words as clients print them for members that are missing; for layers the words follow LayersNotFoundException.
    internal static DistributionError LayersMissing(IEnumerable<string> digests, string repository, string registryId) => new(
        "MANIFEST_BLOB_UNKNOWN",
        $"Layers with digests '[{string.Join(", ", digests)}]' required for pushing image into repository with name '{repository}' "
        + $"in the registry with id '{registryId}' do not exist",
        400);

    internal static DistributionError Of(AwsError error) => error.Code switch
    {
        "RepositoryNotFoundException" => new("NAME_UNKNOWN", error.Message, 404),
        "ImageNotFoundException" => new("MANIFEST_UNKNOWN", error.Message, 404),
        "ReferencedImagesNotFoundException" or "LayersNotFoundException" => new("MANIFEST_BLOB_UNKNOWN", error.Message, 400),

            // As recorded: MANIFEST_INVALID, where other registries say DIGEST_INVALID.
            "ImageDigestDoesNotMatchException" => ManifestInvalid(error.Message),
            "ImageTagAlreadyExistsException" => new("TAG_INVALID", error.Message, 400),
            "InvalidParameterException" when error.Message.Contains("'repositoryName'", StringComparison.Ordinal) => new(
                "NAME_INVALID",
                error.Message,
                400),
            "InvalidParameterException" when error.Message.Contains("'imageTag'", StringComparison.Ordinal) => new(
                "TAG_INVALID",
                error.Message,
                400),
            "InvalidParameterException" => ManifestInvalid(error.Message),
            "AccessDeniedException" or "LimitExceededException" => new("DENIED", error.Message, 403),
            "ThrottlingException" => new("TOOMANYREQUESTS", error.Message, 429),
            _ => new("UNKNOWN", error.Message, error.HttpStatus),
        };

    internal static DistributionError Of(ImageFailure failure) => failure.FailureCode switch
    {
        "InvalidImageDigest" => DigestInvalid(failure.FailureReason),
        "InvalidImageTag" => new("TAG_INVALID", failure.FailureReason, 400),
        _ => new("MANIFEST_UNKNOWN", failure.FailureReason, 404),
    };
}
