using Amazon.Lambda.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;
using ExecutionContext = Amazon.Runtime.Internal.ExecutionContext;

namespace Amazon.Lambda;

public partial class AmazonLambdaConfig : ClientConfig
{
    static readonly string ThisUserAgent = InternalSDKUtils.BuildUserAgentString("Lambda", "4.1.0");

    public AmazonLambdaConfig()
        : base(new DefaultConfigurationProvider(AmazonLambdaDefaultConfiguration.GetAllConfigurations()))
    {
        // Also names the variable AWS_ENDPOINT_URL_LAMBDA and the "lambda" part of a services section in a profile.
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "lambda";
        EndpointProvider = new AmazonLambdaEndpointProvider();
    }

    public static new string ServiceId => "Lambda";

    public override string RegionEndpointServiceName => "lambda";

    public override string ServiceVersion => "2015-03-31";

    public override string UserAgent => ThisUserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        var context = new RequestContext(enableMetric: false)
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = new DefaultRequest(parameters.Request, ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint },
        };

        return new AmazonLambdaEndpointResolver().GetEndpoint(new ExecutionContext(context, responseContext: null));
    }
}
