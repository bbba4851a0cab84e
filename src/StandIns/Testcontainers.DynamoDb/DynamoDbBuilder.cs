using System.Net;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;

namespace Testcontainers.DynamoDb;

public sealed class DynamoDbBuilder : ContainerBuilder<DynamoDbBuilder, DynamoDbContainer, DynamoDbConfiguration>
{
    public const ushort DynamoDbPort = 8000;

    public DynamoDbBuilder(string image)
        : this(new DynamoDbConfiguration()) =>
        DockerResourceConfiguration = Init().WithImage(image).DockerResourceConfiguration;

    DynamoDbBuilder(DynamoDbConfiguration resourceConfiguration)
        : base(resourceConfiguration) =>
        DockerResourceConfiguration = resourceConfiguration;

    protected override DynamoDbConfiguration DockerResourceConfiguration { get; }

    public override DynamoDbContainer Build()
    {
        Validate();
        return new DynamoDbContainer(DockerResourceConfiguration);
    }

    // DynamoDB Local answers an unsigned request with 400 as soon as it answers at all.
    protected override DynamoDbBuilder Init() => base.Init()
        .WithPortBinding(DynamoDbPort, assignRandomHostPort: true)
        .WithWaitStrategy(Wait.ForUnixContainer().UntilHttpRequestIsSucceeded(
            request => request.ForPath("/").ForPort(DynamoDbPort).ForStatusCode(HttpStatusCode.BadRequest)));

    protected override DynamoDbBuilder Clone(IResourceConfiguration<CreateContainerParameters> resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new DynamoDbConfiguration(resourceConfiguration));

    protected override DynamoDbBuilder Clone(IContainerConfiguration resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new DynamoDbConfiguration(resourceConfiguration));

    protected override DynamoDbBuilder Merge(DynamoDbConfiguration oldValue, DynamoDbConfiguration newValue) =>
        new(new DynamoDbConfiguration(oldValue, newValue));
}
