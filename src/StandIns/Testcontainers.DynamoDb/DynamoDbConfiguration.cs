using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;

namespace Testcontainers.DynamoDb;

public sealed class DynamoDbConfiguration : ContainerConfiguration
{
    public DynamoDbConfiguration()
    {
    }

    public DynamoDbConfiguration(IResourceConfiguration<CreateContainerParameters> resourceConfiguration)
        : base(resourceConfiguration)
    {
    }

    public DynamoDbConfiguration(IContainerConfiguration resourceConfiguration)
        : base(resourceConfiguration)
    {
    }

    public DynamoDbConfiguration(DynamoDbConfiguration oldValue, DynamoDbConfiguration newValue)
        : base(oldValue, newValue)
    {
    }
}
