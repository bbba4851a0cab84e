using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PushPruner.EndToEnd.Tests.StandIns;

/// <summary>The Lambda runtime API on loopback: hands out its events, then lets "next" wait, and keeps what is posted.</summary>
sealed class FakeRuntimeApi : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<string> _events;
    readonly Channel<RuntimePost> _posts = Channel.CreateUnbounded<RuntimePost>();
    int _handedOut;

    FakeRuntimeApi(IEnumerable<string> events)
    {
        _events = new(events);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/2018-06-01/runtime/invocation/next", Next);
        _app.MapPost("/2018-06-01/runtime/{**path}", Post);
    }

    internal string HostAndPort => new Uri(_app.Urls.Single()).Authority;

    internal DateTimeOffset Deadline { get; } = DateTimeOffset.FromUnixTimeMilliseconds(4_102_444_800_123);

    internal int AnswerToPosts { get; init; } = StatusCodes.Status202Accepted;

    internal string AnswerBody { get; init; } = """{"status":"OK"}""";

    internal static async Task<FakeRuntimeApi> Handing(params string[] events) => await Started(new FakeRuntimeApi(events));

    internal static async Task<FakeRuntimeApi> Refusing(int status, params string[] events) =>
        await Started(new FakeRuntimeApi(events) { AnswerToPosts = status });

    internal static async Task<FakeRuntimeApi> AnsweringPostsWith(string body, params string[] events) =>
        await Started(new FakeRuntimeApi(events) { AnswerBody = body });

    internal async Task<RuntimePost> Posted() => await _posts.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    static async Task<FakeRuntimeApi> Started(FakeRuntimeApi api)
    {
        await api._app.StartAsync();
        return api;
    }

    async Task Next(HttpContext context)
    {
        if (!_events.TryDequeue(out var body))
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = $"request-{Interlocked.Increment(ref _handedOut)}";
        headers["Lambda-Runtime-Deadline-Ms"] = Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:eu-west-1:123456789012:function:pruner";
        headers["Lambda-Runtime-Trace-Id"] = $"Root=1-trace-{_handedOut};Sampled=0";
        await context.Response.WriteAsync(body);
    }

    async Task Post(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        context.Response.StatusCode = AnswerToPosts;
        await _posts.Writer.WriteAsync(
            new RuntimePost(context.Request.Path, new HeaderDictionary(context.Request.Headers.ToDictionary()), body));
        await context.Response.WriteAsync(AnswerBody);
    }
}
