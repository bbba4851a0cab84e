using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.ECR;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Aws;
using PushPruner.Aws.Dynamo;
using PushPruner.Aws.Ecr;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Testing.DynamoDb;
using PushPruner.Testing.Wire;

namespace PushPruner.Benchmarks.Loads;

/// <summary>
/// What Lambda starts for each event that comes while all others are busy: the jobs with clients of their own, and so retries of their own.
/// </summary>
sealed class ExecutionEnvironment : IDisposable
{
    // The template's AWS_MAX_ATTEMPTS counts the first try too.
    const int Retries = 5;

    static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    readonly AmazonECRClient ecr;
    readonly AmazonDynamoDBClient dynamo;
    readonly PushJob push;
    readonly ReconcileJob reconcile;
    readonly int number;
    int requests;

    public ExecutionEnvironment(
        int number,
        LocalRegistry registry,
        Uri ecrUrl,
        DynamoDbServer dynamoServer,
        string table,
        Settings settings,
        MeteredWire toEcr,
        MeteredWire toTable)
    {
        this.number = number;
        ecr = EcrClient.Create(
            new AmazonECRConfig
            {
                ServiceURL = At(ecrUrl, number),
                AuthenticationRegion = registry.Options.Region,
                HttpClientFactory = toEcr,
                MaxErrorRetry = Retries,
            },
            new BasicAWSCredentials("test", "test"));
        var config = dynamoServer.Configuration();
        config.ServiceURL = At(dynamoServer.Url, number);
        config.HttpClientFactory = toTable;
        config.MaxErrorRetry = Retries;
        dynamo = new AmazonDynamoDBClient(DynamoDbServer.Credentials, config);
        var port = new EcrRegistry(ecr, new RegistryHome("aws", registry.Options.Region, registry.Options.AccountId));
        var index = new DynamoIndex(dynamo, table, TimeProvider.System);
        push = new PushJob(port, index, settings, TimeProvider.System, NullLogger.Instance);
        reconcile = new ReconcileJob(port, index, settings, TimeProvider.System, NullLogger.Instance);
    }

    public Task<PruneResult> HandleAsync(RegistryEvent evt, CancellationToken cancellationToken) =>
        push.RunAsync(new ImagePush(evt.Repository, Digest.Parse(evt.Digest), evt.Tag, evt.At), NextInvocation(), cancellationToken);

    public Task<ReconcileResult> ReconcileAsync(string repository, CancellationToken cancellationToken) =>
        reconcile.RunAsync(new ReconcileRequest(repository), NextInvocation(), cancellationToken);

    public void Dispose()
    {
        ecr.Dispose();
        dynamo.Dispose();
    }

    // The SDK keeps what may be retried by the service's address, for the whole process: each environment has an address of its own.
    static string At(Uri url, int number) =>
        new UriBuilder(url) { Host = string.Create(CultureInfo.InvariantCulture, $"environment-{number}.localhost") }.ToString();

    Invocation NextInvocation() =>
        new(string.Create(CultureInfo.InvariantCulture, $"{number}/{++requests}"), TimeProvider.System.GetUtcNow() + Timeout);
}
