using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;

namespace PushPruner.Cli;

/// <summary>Talks to this machine itself: a proxy that the environment names is for what is outside.</summary>
sealed class LoopbackHttpClientFactory : HttpClientFactory
{
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The client owns its handler.")]
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new SocketsHttpHandler { UseProxy = false });
}
