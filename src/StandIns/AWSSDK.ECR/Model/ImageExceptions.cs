using System.Net;
using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class ImageNotFoundException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECRException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ImageNotFoundException(string message)
        : this(message, null, ErrorType.Unknown, null, null, default)
    {
    }
}

public partial class UnableToGetUpstreamImageException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECRException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public UnableToGetUpstreamImageException(string message)
        : this(message, null, ErrorType.Unknown, null, null, default)
    {
    }
}
