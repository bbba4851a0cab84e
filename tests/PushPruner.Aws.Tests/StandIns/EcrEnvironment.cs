#pragma warning disable RS0030 // Do not use banned APIs: the client is what is tested
using Amazon.ECR;
using Amazon.ECR.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using PushPruner.Testing;

namespace PushPruner.Aws.Tests.StandIns;

[Collection(typeof(EnvironmentVariables))]
public sealed class EcrEnvironment : IDisposable
{
    readonly EnvironmentVariables _variables = new();

    // The SDK looks for the region once in a process.
    public EcrEnvironment() => FallbackRegionFactory.Reset();

    [Fact]
    public async Task NamesTheEndpointOfThisServiceAlone()
    {
        await using var fake = await FakeEcr.Answering((200, "{}"));
        _variables.Set("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        _variables.Set("AWS_ENDPOINT_URL_ECR", fake.Url);
        _variables.Set("AWS_REGION", "eu-central-1");
        using var client = new AmazonECRClient(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), new AmazonECRConfig());

        await client.DescribeImagesAsync(new DescribeImagesRequest { RepositoryName = "app" });

        fake.Requests.Single().Headers.Authorization.ToString().ShouldContain("/eu-central-1/ecr/aws4_request");
    }

    [Fact]
    public void NamesTheRegion()
    {
        _variables.Set("AWS_REGION", "eu-north-1");
        using var client = new AmazonECRClient(new AnonymousAWSCredentials(), new AmazonECRConfig());

        var endpoint = client.Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new DescribeImagesRequest()));
        endpoint.URL.ShouldBe("https://api.ecr.eu-north-1.amazonaws.com/");
    }

    public void Dispose()
    {
        _variables.Dispose();
        FallbackRegionFactory.Reset();
    }
}
