using Amazon.ECR;
using Amazon.Runtime;
using PushPruner.Aws.Ecr;
using PushPruner.LocalAws;

namespace PushPruner.Aws.Tests.Ecr;

/// <summary>The registry port, through the SDK and HTTP, on a local registry.</summary>
public abstract class EcrTest : IAsyncLifetime
{
    protected const string App = "team/app";

    protected static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    LocalAwsServer? server;
    AmazonECRClient? client;

    protected EcrTest(LocalRegistryOptions? options = null)
    {
        Clock = new SettableClock(Noon);
        Local = new LocalRegistry(options ?? new LocalRegistryOptions(), Clock);
        Local.CreateRepository(App);
    }

    protected SettableClock Clock { get; }

    protected LocalRegistry Local { get; }

    protected IAmazonECR Client => client!;

    protected EcrRegistry Registry => Through(client!);

    public async ValueTask InitializeAsync()
    {
        server = await LocalAwsServer.StartAsync(Local, cancellationToken: TestContext.Current.CancellationToken);
        client = Connect(new AmazonECRConfig());
    }

    /// <summary>A client of this registry.</summary>
    protected AmazonECRClient Connect(AmazonECRConfig config)
    {
        config.ServiceURL = server!.Url.ToString();
        config.AuthenticationRegion = "us-east-1";
        return EcrClient.Create(config, new BasicAWSCredentials("test", "test"));
    }

    protected static EcrRegistry Through(IAmazonECR client) => new(client, new RegistryHome("aws", "us-east-1", "123456789012"));

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        await server!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Digest Has(string name, params string[] tags) =>
        Digest.Parse(Local.Seed(App, ManifestFactory.Image(name, 1_000).At(Noon.AddDays(-1), tags)));
}
