using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;

namespace PushPruner.Cli.Registries;

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
