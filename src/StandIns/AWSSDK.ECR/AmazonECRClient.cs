using Amazon.ECR.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECR;

public partial class AmazonECRClient : AmazonServiceClient, IAmazonECR
{
    static readonly IServiceMetadata Metadata = new EcrMetadata();

    public AmazonECRClient()
        : base(new AmazonECRConfig())
    {
    }

    public AmazonECRClient(AmazonECRConfig config)
        : base(config)
    {
    }

    public AmazonECRClient(AWSCredentials credentials, AmazonECRConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => Metadata;

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        // Each is added right after the marshaller, so the last one added runs first: the signer is chosen before the endpoint.
        pipeline.AddHandlerAfter<Marshaller>(new AmazonECREndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new AmazonECRAuthSchemeHandler());
    }

    Task<TResponse> Call<TRequest, TResponse>(
        EcrOperation<TRequest, TResponse> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(
            request, new InvokeOptions { RequestMarshaller = operation, ResponseUnmarshaller = operation }, cancellationToken);

    sealed class EcrMetadata : IServiceMetadata
    {
        public string ServiceId => AmazonECRConfig.ServiceId;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
    }
}
