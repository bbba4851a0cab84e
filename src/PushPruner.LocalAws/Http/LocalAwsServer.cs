using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;

namespace PushPruner.LocalAws;

/// <summary>
/// A registry behind ECR's HTTP API and behind the OCI distribution API, and functions behind Lambda's, on one loopback port:
/// <c>aws ecr ... --endpoint-url</c>, <c>aws lambda invoke ... --endpoint-url</c>, <c>AWS_ENDPOINT_URL_ECR</c> or
/// <c>docker push localhost:PORT/app</c> is all a client needs.
/// </summary>
public sealed class LocalAwsServer : IAsyncDisposable
{
    readonly WebApplication app;
    readonly BlobStore blobs;
    readonly ConcurrentDictionary<string, LocalFunction> functions;

    LocalAwsServer(WebApplication app, Uri url, BlobStore blobs, ConcurrentDictionary<string, LocalFunction> functions)
    {
        this.app = app;
        this.blobs = blobs;
        this.functions = functions;
        Url = url;
    }

    public Uri Url { get; }

    /// <param name="registry">What is served.</param>
    /// <param name="port">0 takes a free one.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<LocalAwsServer> StartAsync(LocalRegistry registry, int port = 0, CancellationToken cancellationToken = default)
    {
        var byName = new ConcurrentDictionary<string, LocalFunction>(StringComparer.Ordinal);
        var blobs = new BlobStore(registry.Options.Seed);
        var (app, url) = await LoopbackApp.StartAsync(
            port,
            routes =>
            {
                new EcrEndpoint(registry).Map(routes);
                new DistributionEndpoint(registry, blobs).Map(routes);
                new InvokeEndpoint(registry, byName).Map(routes);
                new ListFunctionsEndpoint(registry, byName).Map(routes);
            },
            cancellationToken);
        return new(app, url, blobs, byName);
    }

    /// <summary>Lets a function be invoked by name through this server. The caller disposes it.</summary>
    public void Add(LocalFunction function) => functions[function.Name] = function;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        blobs.Dispose();
    }
}
