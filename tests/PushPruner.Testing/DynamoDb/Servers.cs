namespace PushPruner.Testing.DynamoDb;

/// <summary>The DynamoDB server that the tests of all layers share.</summary>
public sealed class Servers : IAsyncLifetime
{
    DynamoDbServer? dynamo;

    public DynamoDbServer Dynamo
    {
        get
        {
            Assert.SkipWhen(dynamo is null, DynamoDbServer.WhyNone);
            return dynamo!;
        }
    }

    public async ValueTask InitializeAsync() => dynamo = await DynamoDbServer.TryStartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (dynamo is not null)
            await dynamo.DisposeAsync();
    }
}
