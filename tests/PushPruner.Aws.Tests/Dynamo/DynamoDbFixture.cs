using Amazon.DynamoDBv2;
using PushPruner.Aws.Dynamo;
using PushPruner.Aws.Tests.Dynamo;
using PushPruner.Testing.DynamoDb;

[assembly: AssemblyFixture(typeof(DynamoDbFixture))]

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>One server and one table for all tests of this assembly; each test has a repository of its own.</summary>
public sealed class DynamoDbFixture : IAsyncLifetime
{
    public const string Table = "pushpruner-index";

    DynamoDbServer? server;

    /// <summary>Skips the test where there is no server.</summary>
    public DynamoDbServer Server
    {
        get
        {
            Assert.SkipWhen(server is null, DynamoDbServer.WhyNone);
            return server;
        }
    }

    public AmazonDynamoDBClient Client => field ??= Server.Client();

    public async ValueTask InitializeAsync()
    {
        server = await DynamoDbServer.TryStartAsync(TestContext.Current.CancellationToken);
        if (server is not null)
            await server.CreateTableAsync(IndexTable.Definition(Table), TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? default;
}
