using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda.Model;

public partial class ServiceException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonLambdaException(message, innerException, errorType, errorCode, requestId, statusCode);
