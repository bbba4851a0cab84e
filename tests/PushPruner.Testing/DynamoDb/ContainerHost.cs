using DotNet.Testcontainers.Builders;
using Testcontainers.DynamoDb;

namespace PushPruner.Testing.DynamoDb;

/// <summary>DynamoDB Local in a container.</summary>
sealed class ContainerHost : IDynamoDbHost
{
    const string Image = "amazon/dynamodb-local:3.1.0";

    readonly DynamoDbContainer container;

    ContainerHost(DynamoDbContainer container) => this.container = container;

    public Uri Url => new(container.GetConnectionString());

    /// <summary>Null when no Docker engine answers.</summary>
    public static async Task<ContainerHost?> TryStartAsync(CancellationToken cancellationToken)
    {
        DynamoDbContainer built;
        try
        {
            built = new DynamoDbBuilder(Image).Build();
        }
        catch (DockerUnavailableException)
        {
            return null;
        }

        var host = new ContainerHost(built);
        try
        {
            await built.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => container.DisposeAsync();
}
