using System.Text;
using System.Text.Json;
using AWS.Lambda.Powertools.Logging;
using Amazon.ECR;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PushPruner.Adapters;
using PushPruner.Aws;
using PushPruner.Aws.Ecr;
using PushPruner.Jobs;
using PushPruner.Lambda;
using PushPruner.Lambda.Events;
using PushPruner.Lambda.Metering;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Testing.Wire;

namespace PushPruner.Testing.Functions;

/// <summary>The function in this process, composed as deployed, before a local registry; only the index is in memory.</summary>
public sealed class Deployment : IAsyncLifetime
{
    public const string Account = "123456789012";

    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    readonly StringWriter metrics = new();

    LocalAwsServer? server;
    RecordingProxy? proxy;
    Func<IRegistry, IRegistry>? between;
    TextWriter? metricsTo;
    LocalRegistryOptions options = new();
    ServiceProvider? services;

    Lambda.Functions Functions => services!.GetRequiredService<Lambda.Functions>();

    TestContextOfLambda Context => new(Ecr.Options.Region);

    public SettableClock Clock { get; } = new(Noon);

    public LocalRegistry Ecr { get; private set; } = null!;

    public InMemoryIndex Index { get; private set; } = null!;

    /// <summary>What the functions log.</summary>
    public LoggedLines Log { get; } = new();

    /// <summary>The lines of metrics that the function wrote since they were last read.</summary>
    public IReadOnlyList<string> MetricLines()
    {
        var lines = metrics.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        metrics.GetStringBuilder().Clear();
        return lines;
    }

    /// <param name="retell">What ECR's answers are changed to; as they are if not given.</param>
    /// <param name="between">What the functions take for ECR, where it isn't the local registry itself.</param>
    /// <param name="options">Which way ECR goes where that is not documented; the region aside.</param>
    /// <param name="metricsTo">Where metrics are written, if not to where <see cref="MetricLines"/> reads them.</param>
    public static async Task<Deployment> StartAsync(
        string region = "us-east-1",
        Settings? settings = null,
        Func<string, string>? retell = null,
        Func<IRegistry, IRegistry>? between = null,
        TextWriter? metricsTo = null,
        LocalRegistryOptions? options = null)
    {
        var deployment = new Deployment { between = between, metricsTo = metricsTo, options = options ?? new LocalRegistryOptions() };
        await deployment.StartOnAsync(region, settings ?? new Settings(), retell);
        return deployment;
    }

    public async ValueTask InitializeAsync() => await StartOnAsync("us-east-1", new Settings(), retell: null);

    /// <summary>Hands the function this JSON through its own serializer.</summary>
    public Task<PruneResult> InvokeAsync(string json) => InvokeAsync(Encoding.UTF8.GetBytes(json));

    public Task<PruneResult> InvokeAsync(byte[] utf8) =>
        Log.DuringAsync(() => Functions.OnImagePushed(Read<CloudWatchEvent<ImageAction>>(utf8), Context));

    public Task<RepositoryList> ListRepositoriesAsync(string json = "{}") =>
        Log.DuringAsync(() => Functions.ListRepositories(Read<JsonElement>(json), Context));

    public Task<RepositoryList> ListRepositoriesAsync(string json, TimeSpan remainingTime) =>
        Log.DuringAsync(() => Functions.ListRepositories(
            Read<JsonElement>(json),
            new TestContextOfLambda(Ecr.Options.Region) { RemainingTime = remainingTime }
        ));

    public Task<RepositoryList> ListRepositoriesAsync(byte[] utf8) =>
        Log.DuringAsync(() => Functions.ListRepositories(Read<JsonElement>(utf8), Context));

    public Task<ReconcileResult> ReconcileAsync(byte[] utf8) =>
        Log.DuringAsync(() => Functions.ReconcileRepository(Read<JsonElement>(utf8), Context));

    public Task<ReconcileResult> ReconcileAsync(string json) =>
        Log.DuringAsync(() => Functions.ReconcileRepository(Read<JsonElement>(json), Context));

    public Task<ReconcileResult> ReconcileAsync(string json, TimeSpan remainingTime) =>
        Log.DuringAsync(() => Functions.ReconcileRepository(
            Read<JsonElement>(json),
            new TestContextOfLambda(Ecr.Options.Region) { RemainingTime = remainingTime }
        ));

    public async ValueTask DisposeAsync()
    {
        await services!.DisposeAsync();
        if (proxy is not null)
            await proxy.DisposeAsync();
        await metrics.DisposeAsync();
        await server!.DisposeAsync();
    }

    static T Read<T>(string json) => Read<T>(Encoding.UTF8.GetBytes(json));

    static T Read<T>(byte[] utf8)
    {
        using var stream = new MemoryStream(utf8);
        return new FunctionSerializer().Deserialize<T>(stream);
    }

    async Task StartOnAsync(string region, Settings settings, Func<string, string>? retell)
    {
        Ecr = new LocalRegistry(options with { Region = region }, Clock);
        Index = new InMemoryIndex(Clock);
        server = await LocalAwsServer.StartAsync(Ecr);
        proxy = retell is null ? null : await RecordingProxy.StartAsync(server.Url, retell);
        services = Startup.AddFunctions(new ServiceCollection(), settings)
            .AddLogging(logging => logging.AddPowertoolsLogger(powertools => powertools.LogOutput = LoggedLines.SharedOutput))
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(new DeployedFunctions("shop-reconcile"))
            .AddSingleton(provider => new EmbeddedMetrics(
                metricsTo ?? metrics, "shop", Clock, provider.GetRequiredService<ILogger<EmbeddedMetrics>>()))
            .AddSingleton<IManifestIndex>(Index)
            .AddSingleton<IAmazonECR>(_ => EcrClient.Create(
                new AmazonECRConfig { ServiceURL = (proxy?.Url ?? server.Url).ToString(), AuthenticationRegion = region },
                new BasicAWSCredentials("test", "test")))
            .AddSingleton<Func<RegistryHome, IRegistry>>(provider => home =>
            {
                var registry = new EcrRegistry(provider.GetRequiredService<IAmazonECR>(), home);
                return between?.Invoke(registry) ?? registry;
            })
            .BuildServiceProvider();
    }
}
