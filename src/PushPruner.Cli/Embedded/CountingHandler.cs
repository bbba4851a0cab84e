namespace PushPruner.Cli.Embedded;

/// <summary>Tells of each request that goes out.</summary>
sealed class CountingHandler(Action called, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        called();
        return base.SendAsync(request, cancellationToken);
    }
}
