using Amazon.ECR;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using PushPruner.Jobs;
using PushPruner.Lambda;
using PushPruner.Lambda.Events;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.EndToEnd.Tests.Given;

/// <summary>The function in this process, composed as deployed, before a local registry; only the index is in memory.</summary>
public sealed class Deployment : IAsyncLifetime
{
    public const string Account = "123456789012";

    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    LocalAwsServer? server;
    ServiceProvider? services;

    public SettableClock Clock { get; } = new(Noon);

    public LocalRegistry Ecr { get; private set; } = null!;

    public InMemoryIndex Index { get; private set; } = null!;

    public static async Task<Deployment> StartAsync(string region = "us-east-1", Settings? settings = null)
    {
        var deployment = new Deployment();
        await deployment.StartOnAsync(region, settings ?? new Settings());
        return deployment;
    }

    public async ValueTask InitializeAsync() => await StartOnAsync("us-east-1", new Settings());

    /// <summary>Hands the function this JSON through its own serializer.</summary>
    public async Task<PruneResult> InvokeAsync(string json)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        var evt = new FunctionSerializer().Deserialize<CloudWatchEvent<ImageAction>>(stream);
        return await services!.GetRequiredService<Functions>().OnImagePushed(evt, new TestContextOfLambda(Ecr.Options.Region));
    }

    public async ValueTask DisposeAsync()
    {
        await services!.DisposeAsync();
        await server!.DisposeAsync();
    }

    async Task StartOnAsync(string region, Settings settings)
    {
        Ecr = new LocalRegistry(new LocalRegistryOptions { Region = region }, Clock);
        Index = new InMemoryIndex(Clock);
        server = await LocalAwsServer.StartAsync(Ecr);
        services = Startup.AddFunctions(new ServiceCollection(), settings)
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IManifestIndex>(Index)
            .AddSingleton<IAmazonECR>(_ => new AmazonECRClient(
                new BasicAWSCredentials("test", "test"), new AmazonECRConfig { ServiceURL = server.Url.ToString(), AuthenticationRegion = region }))
            .BuildServiceProvider();
    }
}
