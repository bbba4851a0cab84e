using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace PushPruner.Testing.Wire;

/// <summary>Stands before a server, passes everything on, and keeps what was asked.</summary>
sealed class RecordingProxy : IAsyncDisposable
{
    readonly WebApplication app;
    readonly HttpClient upstream;
    readonly Func<string, string> retell;
    readonly ConcurrentQueue<RecordedCall> calls = new();

    RecordingProxy(Uri server, Func<string, string> retell)
    {
        upstream = new HttpClient { BaseAddress = server };
        this.retell = retell;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(PassOnAsync);
    }

    public Uri Url => new(app.Urls.Single());

    public IReadOnlyList<RecordedCall> Calls => [.. calls];

    /// <param name="server">Whom it stands before.</param>
    /// <param name="retell">What it changes in the text of the answers; nothing if not given.</param>
    public static async Task<RecordingProxy> StartAsync(Uri server, Func<string, string>? retell = null)
    {
        var proxy = new RecordingProxy(server, retell ?? (text => text));
        await proxy.app.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        upstream.Dispose();
    }

    async Task PassOnAsync(HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
        calls.Enqueue(new RecordedCall(context.Request.Headers["X-Amz-Target"].ToString(), body));

        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), new Uri(context.Request.Path + context.Request.QueryString, UriKind.Relative));
        if (body.Length > 0)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, values) in context.Request.Headers.Where(h =>
                h.Key is not ("Host" or "Content-Length" or "Connection" or "Accept-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        using var response = await upstream.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        // A checksum is of the text that is perhaps retold.
        foreach (var (name, values) in response.Headers
                .Concat(response.Content.Headers)
                .Where(h => h.Key is not ("Content-Length" or "Transfer-Encoding" or "Connection" or "x-amz-crc32")))
        {
            context.Response.Headers[name] = new StringValues([.. values]);
        }

        await context.Response.WriteAsync(retell(await response.Content.ReadAsStringAsync(context.RequestAborted)), context.RequestAborted);
    }
}
