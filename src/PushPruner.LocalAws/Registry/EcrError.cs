namespace PushPruner.LocalAws;

/// <summary>An error as ECR answers it, with <paramref name="code"/> as its <c>__type</c>.</summary>
public sealed class EcrError(string code, string message, int httpStatus = 400) : AwsError(code, message, httpStatus)
{
    /// <summary>The id of the call it answers; null until a registry has thrown it.</summary>
    public string? RequestId { get; internal set; }

    internal static EcrError InvalidParameter(string parameter, string constraint) =>
        new("InvalidParameterException", $"Invalid parameter at '{parameter}' failed to satisfy constraint: '{constraint}'");

    internal static EcrError RepositoryNotFound(string repository, string registryId) =>
        new(
            "RepositoryNotFoundException",
            $"The repository with name '{repository}' does not exist in the registry with id '{registryId}'");

    // The message names one image only, and the part that wasn't asked for as 'null'.
    internal static EcrError ImageNotFound(EcrImageId id, string repository, string registryId) => new(
        "ImageNotFoundException",
        $"The image with imageId {{imageDigest:'{id.ImageDigest ?? "null"}', imageTag:'{id.ImageTag ?? "null"}'}} does not exist "
        + $"within the repository with name '{repository}' in the registry with id '{registryId}'");
}
