using System.Net;
using Amazon.ECR.Model;
using Amazon.Runtime.Internal;

namespace Amazon.ECR.Internal;

static class EcrErrors
{
    // ThrottlingException and the like are in no model: they stay AmazonECRException and are told apart by ErrorCode.
    internal static AmazonECRException Of(ErrorResponse e, Exception cause, HttpStatusCode status) =>
        e.Code switch
        {
            "ImageNotFoundException" => new ImageNotFoundException(e.Message, cause, e.Type, e.Code, e.RequestId, status),
            "InvalidParameterException" => new InvalidParameterException(e.Message, cause, e.Type, e.Code, e.RequestId, status),
            "LimitExceededException" => new LimitExceededException(e.Message, cause, e.Type, e.Code, e.RequestId, status),
            "RepositoryNotFoundException" => new RepositoryNotFoundException(e.Message, cause, e.Type, e.Code, e.RequestId, status),
            "ServerException" => new ServerException(e.Message, cause, e.Type, e.Code, e.RequestId, status),
            "UnableToGetUpstreamImageException" =>
                new UnableToGetUpstreamImageException(e.Message, cause, e.Type, e.Code, e.RequestId, status),
            _ => new AmazonECRException(e.Message, cause, e.Type, e.Code, e.RequestId, status),
        };
}
