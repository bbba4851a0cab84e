#pragma warning disable RS0030 // Do not use banned APIs: the client is what is tested
using Amazon;
using Amazon.ECR;
using Amazon.ECR.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace PushPruner.Aws.Tests.StandIns;

public class EcrEndpoints
{
    [Theory]
    [InlineData("eu-west-1", false, false, "https://api.ecr.eu-west-1.amazonaws.com/")]
    [InlineData("eu-west-1", false, true, "https://ecr.eu-west-1.api.aws/")]
    [InlineData("us-east-1", true, false, "https://ecr-fips.us-east-1.amazonaws.com/")]
    [InlineData("us-east-1", true, true, "https://ecr-fips.us-east-1.api.aws/")]
    [InlineData("us-gov-west-1", true, false, "https://ecr-fips.us-gov-west-1.amazonaws.com/")]
    [InlineData("cn-north-1", false, false, "https://api.ecr.cn-north-1.amazonaws.com.cn/")]
    [InlineData("cn-north-1", false, true, "https://ecr.cn-north-1.api.amazonwebservices.com.cn/")]
    public void FollowTheRegionAndItsPartition(string region, bool fips, bool dualStack, string endpoint)
    {
        using var client = Client(new AmazonECRConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        });

        EndpointOf(client).ShouldBe(endpoint);
    }

    [Fact]
    public void OfOnesOwnDoNotMixWithFips()
    {
        using var client = Client(new AmazonECRConfig
        {
            ServiceURL = "http://127.0.0.1:1",
            AuthenticationRegion = "eu-west-1",
            UseFIPSEndpoint = true,
        });

        Should.Throw<AmazonClientException>(() => EndpointOf(client))
            .Message.ShouldContain("FIPS and custom endpoint");
    }

    static string EndpointOf(AmazonECRClient client) =>
        client.Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new DescribeImagesRequest())).URL;

    static AmazonECRClient Client(AmazonECRConfig config) => new(new AnonymousAWSCredentials(), config);
}
