using System.Net;
using System.Text.Json;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.Lambda.Internal;

/// <summary>Both halves of ListFunctions on the wire: a GET with its parameters in the query, and REST JSON in.</summary>
sealed class ListFunctionsOperation : JsonResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
{
    internal static readonly ListFunctionsOperation Instance = new();

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var asked = (ListFunctionsRequest)input;
        var request = new DefaultRequest(input, "Amazon.Lambda")
        {
            HttpMethod = "GET",
            ResourcePath = "/2015-03-31/functions",
            UseQueryString = true,
            Headers =
            {
                ["x-amz-api-version"] = "2015-03-31",
            },
        };
        if (asked.Marker is not null)
        {
            request.Parameters.Add("Marker", asked.Marker);
        }

        return request;
    }

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) =>
        JsonSerializer.Deserialize(input.Stream, LambdaJson.Default.ListFunctionsResponse);

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var e = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        return new AmazonLambdaException(e.Message, innerException, e.Type, e.Code, e.RequestId, statusCode);
    }
}
