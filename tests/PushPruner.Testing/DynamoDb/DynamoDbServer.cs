using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace PushPruner.Testing.DynamoDb;

/// <summary>
/// A server that speaks DynamoDB's API: DynamoDB Local where a Docker engine answers, else dynalite. It is gone when it is disposed of,
/// or when the process ends, however that happens.
/// </summary>
public sealed class DynamoDbServer : IAsyncDisposable
{
    const int ReadinessTries = 100;
    static readonly TimeSpan ReadinessPause = TimeSpan.FromMilliseconds(100);

    readonly IDynamoDbHost host;

    DynamoDbServer(IDynamoDbHost host) => this.host = host;

    /// <summary>Why a test that needs the server may be skipped when there is none.</summary>
    public const string WhyNone = "no Docker engine answers, and there is no npm to install dynalite with";

    /// <summary>Where it listens; what <c>AWS_ENDPOINT_URL_DYNAMODB</c> takes.</summary>
    public Uri Url => host.Url;

    /// <summary>Null when there is neither a Docker engine nor npm, see <see cref="WhyNone"/>.</summary>
    public static async Task<DynamoDbServer?> TryStartAsync(CancellationToken cancellationToken)
    {
        IDynamoDbHost? started = await ContainerHost.TryStartAsync(cancellationToken);
        started ??= await DynaliteHost.TryStartAsync(cancellationToken);
        if (started is null)
            return null;

        var server = new DynamoDbServer(started);
        try
        {
            await server.AwaitReadinessAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a client needs to talk to this server and to no other.</summary>
    public AmazonDynamoDBConfig Configuration() => new() { ServiceURL = Url.AbsoluteUri, AuthenticationRegion = "eu-west-1" };

    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("local", "local");

    public AmazonDynamoDBClient Client() => new(Credentials, Configuration());

    /// <summary>Makes a table, and waits until it can be used.</summary>
    public async Task CreateTableAsync(CreateTableRequest definition, CancellationToken cancellationToken)
    {
        using var client = Client();
        await client.CreateTableAsync(definition, cancellationToken);
        for (var tries = 0; tries < ReadinessTries; tries++)
        {
            var description = await client.DescribeTableAsync(definition.TableName, cancellationToken);
            if (description.Table.TableStatus == TableStatus.ACTIVE)
                return;

            await Task.Delay(ReadinessPause, cancellationToken);
        }

        throw new InvalidOperationException($"table {definition.TableName} did not become active");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    async Task AwaitReadinessAsync(CancellationToken cancellationToken)
    {
        using var client = Client();
        for (var tries = 1; ; tries++)
        {
            try
            {
                await client.ListTablesAsync(cancellationToken);
                return;
            }
            catch (HttpRequestException) when (tries < ReadinessTries)
            {
                await Task.Delay(ReadinessPause, cancellationToken);
            }
        }
    }
}
