using System.Net;
using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class RepositoryNotFoundException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECRException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public RepositoryNotFoundException(string message)
        : this(message, null, ErrorType.Unknown, null, null, default)
    {
    }
}
