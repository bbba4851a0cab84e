using DotNet.Testcontainers.Containers;

namespace Testcontainers.DynamoDb;

public sealed class DynamoDbContainer(DynamoDbConfiguration configuration) : DockerContainer(configuration)
{
    public string GetConnectionString() =>
        new UriBuilder(Uri.UriSchemeHttp, Hostname, GetMappedPublicPort(DynamoDbBuilder.DynamoDbPort)).ToString();
}
