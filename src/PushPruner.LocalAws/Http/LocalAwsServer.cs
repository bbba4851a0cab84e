using Microsoft.AspNetCore.Builder;

namespace PushPruner.LocalAws;

/// <summary>
/// A registry behind ECR's HTTP API, on loopback: <c>aws ecr ... --endpoint-url</c> or <c>AWS_ENDPOINT_URL_ECR</c> is all a client needs.
/// </summary>
public sealed class LocalAwsServer : IAsyncDisposable
{
    readonly WebApplication app;

    LocalAwsServer(WebApplication app, Uri url)
    {
        this.app = app;
        Url = url;
    }

    public Uri Url { get; }

    /// <param name="registry">What is served.</param>
    /// <param name="port">0 takes a free one.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<LocalAwsServer> StartAsync(LocalRegistry registry, int port = 0, CancellationToken cancellationToken = default)
    {
        var (app, url) = await LoopbackApp.StartAsync(port, new EcrEndpoint(registry).Map, cancellationToken);
        return new(app, url);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
