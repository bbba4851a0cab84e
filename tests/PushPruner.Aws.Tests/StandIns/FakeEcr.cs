#pragma warning disable RS0030 // Do not use banned APIs: the client is what is tested
using System.Collections.Concurrent;
using Amazon.ECR;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PushPruner.Aws.Tests.StandIns;

/// <summary>A server on loopback that keeps what it was asked and answers from a list.</summary>
sealed class FakeEcr : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<(int Status, string Body)> _answers;

    FakeEcr(IEnumerable<(int Status, string Body)> answers)
    {
        _answers = new(answers);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Answer);
    }

    internal ConcurrentQueue<(IHeaderDictionary Headers, string Body)> Requests { get; } = new();

    internal string Url => _app.Urls.Single();

    internal static async Task<FakeEcr> Answering(params (int Status, string Body)[] answers)
    {
        var fake = new FakeEcr(answers);
        await fake._app.StartAsync();
        return fake;
    }

    internal AmazonECRClient Client(int retries = 2) => new(
        new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
        new AmazonECRConfig { ServiceURL = Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = retries });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task Answer(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue((new HeaderDictionary(context.Request.Headers.ToDictionary()), await reader.ReadToEndAsync()));

        var (status, body) = _answers.TryDequeue(out var answer) ? answer : (500, """{"__type":"NoMoreAnswers"}""");
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.1";
        context.Response.Headers["x-amzn-RequestId"] = $"request-{Requests.Count}";
        await context.Response.WriteAsync(body);
    }
}
