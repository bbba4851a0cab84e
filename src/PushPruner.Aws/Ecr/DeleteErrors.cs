using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace PushPruner.Aws.Ecr;

/// <summary>Tells deletes that ECR refused from those that it may have carried out.</summary>
static class DeleteErrors
{
    // The SDK's own list of codes that mean throttling.
    static readonly StandardRetryPolicy Sdk = new(maxRetries: 0);

    /// <summary>Whether ECR throttled the delete, failed at it, or did not answer. Only a plain refusal is an answer.</summary>
    public static bool LeaveOpen(Exception error) => error switch
    {
        AmazonServiceException answered => !IsRefusal(answered),
        AmazonClientException { InnerException: { } cause } => LeaveOpen(cause),
        HttpRequestException or IOException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };

    static bool IsRefusal(AmazonServiceException error) =>
        error.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
        && error.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)
        && !Sdk.TimeoutErrorCodesToRetryOn.Contains(error.ErrorCode)
        && !Sdk.IsThrottlingError(error);
}
