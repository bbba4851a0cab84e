using Amazon.DynamoDBv2;
using Amazon.ECR;
using Amazon.Runtime;
using PushPruner.Adapters;
using PushPruner.Aws.Dynamo;
using System.Diagnostics.CodeAnalysis;

namespace PushPruner.Cli.Registries;

/// <summary>The clients of one run.</summary>
sealed class AwsAccess : IDisposable
{
    readonly string? table;
    readonly TimeProvider clock;
    readonly AmazonDynamoDBClient? dynamo;

    AwsAccess(AmazonECRClient ecr, AmazonDynamoDBClient? dynamo, string? table, TimeProvider clock)
    {
        Ecr = ecr;
        this.dynamo = dynamo;
        this.table = table;
        this.clock = clock;
    }

    public AmazonECRClient Ecr { get; }

    /// <param name="regionOfName">The region that the name of an image says, which goes before a profile's; null when none does.</param>
    /// <param name="stackTable">The table of the stack that was named, where one was.</param>
    /// <exception cref="SettingException">There is no such profile, or no region is known, or another one was asked for.</exception>
    public static AwsAccess Open(
        AwsOptions options, ParseResult parsed, CliEnvironment environment, string? regionOfName = null, string? stackTable = null)
    {
        var place = AwsPlace.Of(options, parsed, environment, regionOfName);
        var table = parsed.GetValue(options.IndexTable) ?? stackTable;
        return new(place.CreateEcr(), table is null ? null : place.CreateDynamo(), table, environment.Clock);
    }

    /// <summary>The table, or a new index in memory.</summary>
    public IManifestIndex OpenIndex() => dynamo is null ? new InMemoryIndex(clock) : new DynamoIndex(dynamo, table!, clock);

    public void Dispose()
    {
        Ecr.Dispose();
        dynamo?.Dispose();
    }
}

/// <summary>Talks to this machine itself: a proxy that the environment names is for what is outside.</summary>
/// <param name="called">Told of each request.</param>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The client owns its handler.")]
sealed class LoopbackHttpClientFactory(Action? called = null) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        var direct = new SocketsHttpHandler { UseProxy = false };
        return new(called is null ? direct : new CountingHandler(called, direct));
    }

    sealed class CountingHandler(Action called, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            called();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
