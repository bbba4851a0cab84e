using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.ECR.Internal;

/// <summary>Both halves of one operation on the wire: AWS JSON 1.1 out, AWS JSON 1.1 in.</summary>
sealed class EcrOperation<TRequest, TResponse>(string name, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResponse> response)
    : JsonResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var body = new PooledContentStream();
        using (var writer = new Utf8JsonWriter(body.BufferWriter))
        {
            JsonSerializer.Serialize(writer, (TRequest)input, request);
        }

        return new DefaultRequest(input, "Amazon.ECR")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            ContentStream = body,
            Headers =
            {
                ["X-Amz-Target"] = $"AmazonEC2ContainerRegistry_V20150921.{name}",
                ["Content-Type"] = "application/x-amz-json-1.1",
                ["x-amz-api-version"] = "2015-09-21",
            },
        };
    }

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) =>
        JsonSerializer.Deserialize(input.Stream, response);

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        return EcrErrors.Of(error, innerException, statusCode);
    }
}
