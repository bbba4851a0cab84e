using System.Net;
using Amazon.Runtime;

namespace Amazon.ECR;

public partial class AmazonECRException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public AmazonECRException(string message)
        : this(message, null, ErrorType.Unknown, null, null, default)
    {
    }
}
