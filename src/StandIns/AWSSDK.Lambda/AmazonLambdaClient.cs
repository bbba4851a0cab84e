using Amazon.Lambda.Internal;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Lambda;

public partial class AmazonLambdaClient : AmazonServiceClient, IAmazonLambda
{
    static readonly IServiceMetadata Metadata = new LambdaMetadata();

    public AmazonLambdaClient(AmazonLambdaConfig config)
        : base(config)
    {
    }

    public AmazonLambdaClient(AWSCredentials credentials, AmazonLambdaConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => Metadata;

    public virtual Task<ListFunctionsResponse> ListFunctionsAsync(
        ListFunctionsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListFunctionsResponse>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = ListFunctionsOperation.Instance, ResponseUnmarshaller = ListFunctionsOperation.Instance,
            },
            cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        // Each is added right after the marshaller, so the last one added runs first: the signer is chosen before the endpoint.
        pipeline.AddHandlerAfter<Marshaller>(new AmazonLambdaEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new AmazonLambdaAuthSchemeHandler());
    }

    sealed class LambdaMetadata : IServiceMetadata
    {
        public string ServiceId => AmazonLambdaConfig.ServiceId;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
    }
}
