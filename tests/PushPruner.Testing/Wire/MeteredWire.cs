using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;

namespace PushPruner.Testing.Wire;

/// <summary>The way from an SDK client to a server on this machine: it counts what passes, and may be as slow as a network.</summary>
public sealed class MeteredWire : HttpClientFactory
{
    readonly Lock gate = new();
    readonly Dictionary<string, int> requests = new(StringComparer.Ordinal);
    long sent;
    long received;

    /// <summary>What each request waits before it leaves; those made side by side wait side by side.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Is shown each request before it leaves: its operation and its text. Null shows it to nobody.</summary>
    public Action<string, string>? Seen { get; set; }

    public Traffic Traffic
    {
        get
        {
            lock (gate)
            {
                return new(
                    new Dictionary<string, int>(requests, StringComparer.Ordinal),
                    Interlocked.Read(ref sent),
                    Interlocked.Read(ref received));
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            requests.Clear();
            Interlocked.Exchange(ref sent, 0);
            Interlocked.Exchange(ref received, 0);
        }
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The client owns its handlers.")]
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        var sockets = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                // Whatever name of this machine it was given: <name>.localhost may have none in its DNS.
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                return new CountedStream(
                    new NetworkStream(socket, ownsSocket: true), n => Interlocked.Add(ref received, n), n => Interlocked.Add(ref sent, n));
            },
        };
        return new HttpClient(new Handler(this) { InnerHandler = sockets });
    }

    sealed class Handler(MeteredWire wire) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (wire.Latency > TimeSpan.Zero)
                await Task.Delay(wire.Latency, cancellationToken);

            var operation = request.Headers.TryGetValues("X-Amz-Target", out var target)
                ? target.First().Split('.')[^1]
                : request.Method.Method;
            if (wire.Seen is { } seen && request.Content is { } content)
                seen(operation, await content.ReadAsStringAsync(cancellationToken));
            lock (wire.gate)
                wire.requests[operation] = wire.requests.GetValueOrDefault(operation) + 1;
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
