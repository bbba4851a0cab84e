using System.Net;
using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class ImageAlreadyExistsException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECRException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ImageAlreadyExistsException(string message)
        : this(message, null, ErrorType.Unknown, null, null, default)
    {
    }
}

public partial class ImageDigestDoesNotMatchException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECRException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ImageDigestDoesNotMatchException(string message)
        : this(message, null, ErrorType.Unknown, null, null, default)
    {
    }
}

public partial class ImageNotFoundException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECRException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ImageNotFoundException(string message)
        : this(message, null, ErrorType.Unknown, null, null, default)
    {
    }
}

public partial class ImageTagAlreadyExistsException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECRException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ImageTagAlreadyExistsException(string message)
        : this(message, null, ErrorType.Unknown, null, null, default)
    {
    }
}

public partial class LayersNotFoundException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECRException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public LayersNotFoundException(string message)
        : this(message, null, ErrorType.Unknown, null, null, default)
    {
    }
}

public partial class ReferencedImagesNotFoundException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECRException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ReferencedImagesNotFoundException(string message)
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
