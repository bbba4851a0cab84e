using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.AspNetCore.Http;
using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.StandIns;

[Collection(typeof(EnvironmentVariables))]
public sealed class LambdaLoop : IDisposable
{
    readonly EnvironmentVariables _variables = new();
    readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public LambdaLoop() => _variables.Set("_X_AMZN_TRACE_ID", null);

    [Fact]
    public async Task HandsEventsToTheHandlerAndItsAnswersBack()
    {
        await using var api = await FakeRuntimeApi.Handing("""{"Text":"one"}""", """{"Text":"two"}""");
        var loop = Run(api, (greeting, _) => Task.FromResult(greeting with { Text = greeting.Text + "!" }));

        var first = await api.Posted();
        var second = await api.Posted();
        await Stopped(loop);

        first.Path.ShouldBe("/2018-06-01/runtime/invocation/request-1/response");
        first.Body.ShouldBe("""{"Text":"one!"}""");
        second.Path.ShouldBe("/2018-06-01/runtime/invocation/request-2/response");
        second.Body.ShouldBe("""{"Text":"two!"}""");
    }

    [Fact]
    public async Task TellsTheHandlerWhoAskedAndUntilWhen()
    {
        await using var api = await FakeRuntimeApi.Handing("{}");
        _variables.Set("AWS_LAMBDA_FUNCTION_NAME", "pruner");
        _variables.Set("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256");
        ILambdaContext? seen = null;
        string? trace = null;
        var loop = Run(api, (greeting, context) =>
        {
            (seen, trace) = (context, Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"));
            return Task.FromResult(greeting);
        });
        await api.Posted();
        await Stopped(loop);

        seen.ShouldNotBeNull();
        seen.AwsRequestId.ShouldBe("request-1");
        seen.InvokedFunctionArn.ShouldBe("arn:aws:lambda:eu-west-1:123456789012:function:pruner");
        seen.FunctionName.ShouldBe("pruner");
        seen.MemoryLimitInMB.ShouldBe(256);
        seen.RemainingTime.ShouldBeInRange(TimeSpan.Zero, api.Deadline - DateTimeOffset.UnixEpoch);
        seen.Serializer.ShouldBeOfType<DefaultSerializer>();
        trace.ShouldBe("Root=1-trace-1;Sampled=0");
    }

    [Fact]
    public async Task ReportsWhatAHandlerThrowsAndGoesOn()
    {
        await using var api = await FakeRuntimeApi.Handing("""{"Text":"bad"}""", """{"Text":"good"}""");
        var loop = Run(api, (greeting, _) =>
            greeting.Text is "bad" ? throw new InvalidOperationException("a \"bad\"\nevent") : Task.FromResult(greeting));

        var error = await api.Posted();
        var response = await api.Posted();
        await Stopped(loop);

        error.Path.ShouldBe("/2018-06-01/runtime/invocation/request-1/error");
        error.Headers["Lambda-Runtime-Function-Error-Type"].ToString().ShouldBe("InvalidOperationException");
        error.Json.GetProperty("errorType").GetString().ShouldBe("InvalidOperationException");
        error.Json.GetProperty("errorMessage").GetString().ShouldBe("a \"bad\"\nevent");
        error.Json.GetProperty("stackTrace").GetArrayLength().ShouldBePositive();
        response.Path.ShouldBe("/2018-06-01/runtime/invocation/request-2/response");
    }

    [Fact]
    public async Task ReportsAnEventThatItCannotRead()
    {
        await using var api = await FakeRuntimeApi.Handing("not json");
        var loop = Run(api, (greeting, _) => Task.FromResult(greeting));

        var error = await api.Posted();
        await Stopped(loop);

        error.Json.GetProperty("errorType").GetString().ShouldBe("JsonSerializerException");
    }

    [Fact]
    public async Task EndsWhenItsReportOfAnErrorIsAnsweredWithNoJson()
    {
        await using var api = await FakeRuntimeApi.AnsweringPostsWith("", "{}", "{}");

        var error = await Should.ThrowAsync<RuntimeApiClientException>(() => Run(api, (_, _) => throw new InvalidOperationException("no")));

        error.StatusCode.ShouldBe(202);
        (await api.Posted()).Path.ShouldBe("/2018-06-01/runtime/invocation/request-1/error");
    }

    [Fact]
    public async Task EndsWhenItsAnswerIsTooLarge()
    {
        await using var api = await FakeRuntimeApi.Refusing(StatusCodes.Status413PayloadTooLarge, "{}", "{}");

        var error = await Should.ThrowAsync<RuntimeApiClientException>(() => Run(api, (greeting, _) => Task.FromResult(greeting)));

        error.StatusCode.ShouldBe(413);
    }

    [Fact]
    public async Task ReportsAFailedStartAndAsksForNoEvent()
    {
        await using var api = await FakeRuntimeApi.Handing("{}");
        using var bootstrap = Builder(api, (greeting, _) => Task.FromResult(greeting))
            .UseBootstrapHandler(() => throw new InvalidOperationException("KEEP_DAYS is \"soon\""))
            .Build();

        await Should.ThrowAsync<InvalidOperationException>(() => bootstrap.RunAsync(_stop.Token));

        (await api.Posted()).Path.ShouldBe("/2018-06-01/runtime/init/error");
    }

    [Fact]
    public async Task RunsOnceWhenTold()
    {
        _variables.Set("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE", "true");
        await using var api = await FakeRuntimeApi.Handing("{}", "{}");
        _variables.Set("AWS_LAMBDA_RUNTIME_API", api.HostAndPort);
        using var http = new HttpClient();
        var handled = 0;
        Func<Greeting, ILambdaContext, Task<Greeting>> count = (_, _) => Task.FromResult(new Greeting($"{++handled}"));
        using var bootstrap = LambdaBootstrapBuilder.Create(count, new DefaultSerializer()).UseHttpClient(http).Build();

        await bootstrap.RunAsync(_stop.Token);

        handled.ShouldBe(1);
        (await api.Posted()).Body.ShouldBe("""{"Text":"1"}""");
    }

    public void Dispose()
    {
        _stop.Dispose();
        _variables.Dispose();
    }

    static LambdaBootstrapBuilder Builder(FakeRuntimeApi api, Func<Greeting, ILambdaContext, Task<Greeting>> handler) =>
        LambdaBootstrapBuilder
            .Create(handler, new DefaultSerializer())
            .ConfigureOptions(options => options.RuntimeApiEndpoint = api.HostAndPort);

    async Task Run(FakeRuntimeApi api, Func<Greeting, ILambdaContext, Task<Greeting>> handler)
    {
        using var bootstrap = Builder(api, handler).Build();
        await bootstrap.RunAsync(_stop.Token);
    }

    async Task Stopped(Task loop)
    {
        await _stop.CancelAsync();
        await loop;
    }
}
