using Amazon.Runtime;
using PushPruner.Aws.Dynamo;

namespace PushPruner.Cli;

/// <summary>What went wrong, and the way out where one is known.</summary>
static class ErrorText
{
    /// <summary>What asking AWS may end with, none of which is the program's own fault.</summary>
    public static bool IsOfAws(Exception e) =>
        e
            is IndexTableException
                or AmazonServiceException
                or AmazonClientException
                or HttpRequestException
                or OperationCanceledException
                or FormatException;

    public static string Describe(Exception e) => e switch
    {
        IndexTableException { InnerException: Amazon.DynamoDBv2.Model.ResourceNotFoundException } t =>
            $"there is no table \"{t.Table}\": --index-table is the stack's output IndexTableName, and --stack NAME finds it; is it the "
                + $"right account and region?",
        IndexTableException { InnerException: not null } t =>
            $"{t.Action} on table \"{t.Table}\" is denied; the permissions it takes stand in the command's --help",
        NoSuchRepositoryException => $"{e.Message}; is it the right account and region?",
        AmazonServiceException { ErrorCode.Length: > 0 } refused => $"{refused.ErrorCode}: {e.Message}{WayOut(refused.ErrorCode)}",
        AmazonClientException when IsAboutCredentials(e) =>
            $"there are no AWS credentials: give --profile NAME, sign in with aws sso login, or set AWS_ACCESS_KEY_ID and "
                + $"AWS_SECRET_ACCESS_KEY ({e.Message})",
        HttpRequestException => $"{e.Message}; is the region or the --endpoint-url right, and is there a network?",
        _ => e.Message,
    };

    static string WayOut(string code) => code switch
    {
        "AccessDeniedException" or "AccessDenied" or "UnauthorizedOperation" => "; the permissions it takes stand in the command's --help",
        "ExpiredTokenException" or "ExpiredToken" or "RequestExpired" => "; sign in again, or renew the credentials",
        "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidSignatureException" or "SignatureDoesNotMatch" =>
            "; AWS doesn't know these credentials: is it the right --profile, and the machine's clock right?",
        "ThrottlingException" or "Throttling" or "TooManyRequestsException" =>
            "; AWS has had too many calls for now: try again later, or name fewer repositories",
        _ => "",
    };

    static bool IsAboutCredentials(Exception e) =>
        e.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("IAM security", StringComparison.OrdinalIgnoreCase);
}
