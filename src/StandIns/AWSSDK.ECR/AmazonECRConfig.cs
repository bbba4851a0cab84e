using Amazon.ECR.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;
using ExecutionContext = Amazon.Runtime.Internal.ExecutionContext;

namespace Amazon.ECR;

public partial class AmazonECRConfig : ClientConfig
{
    static readonly string ThisUserAgent = InternalSDKUtils.BuildUserAgentString("ECR", "4.1.0");

    public AmazonECRConfig()
        : base(new DefaultConfigurationProvider(AmazonECRDefaultConfiguration.GetAllConfigurations()))
    {
        // Also names the variable AWS_ENDPOINT_URL_ECR and the "ecr" part of a services section in a profile.
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "ecr";
        EndpointProvider = new AmazonECREndpointProvider();
    }

    public static new string ServiceId => "ECR";

    public override string RegionEndpointServiceName => "api.ecr";

    public override string ServiceVersion => "2015-09-21";

    public override string UserAgent => ThisUserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        var context = new RequestContext(enableMetric: false)
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = new DefaultRequest(parameters.Request, ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint },
        };

        return new AmazonECREndpointResolver().GetEndpoint(new ExecutionContext(context, responseContext: null));
    }
}
