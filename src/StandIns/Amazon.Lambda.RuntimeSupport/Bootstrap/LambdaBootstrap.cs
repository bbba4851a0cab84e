using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

public class LambdaBootstrap : IDisposable
{
    readonly Func<Stream, ILambdaContext, Task<Stream>> _handler;
    readonly ILambdaSerializer _serializer;
    readonly LambdaBootstrapInitializer _initializer;
    readonly HttpClient _ownHttpClient;
    readonly RuntimeApi _api;
    readonly RuntimeConsole _console = RuntimeConsole.Install();

    internal LambdaBootstrap(
        Func<Stream, ILambdaContext, Task<Stream>> handler,
        ILambdaSerializer serializer,
        LambdaBootstrapInitializer initializer,
        HttpClient httpClient,
        LambdaBootstrapOptions options)
    {
        _handler = handler;
        _serializer = serializer;
        _initializer = initializer;
        _ownHttpClient = httpClient is null ? new HttpClient() : null;
        var client = httpClient ?? _ownHttpClient;

        // "next" answers when there is an event, be that hours later: the sandbox is frozen meanwhile.
        client.Timeout = Timeout.InfiniteTimeSpan;
        _api = new RuntimeApi(client, options.RuntimeApiEndpoint ?? Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API"));
    }

    static bool RunOnce =>
        string.Equals(Environment.GetEnvironmentVariable("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE"), "true", StringComparison.OrdinalIgnoreCase);

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_initializer is not null && !await Initialize())
        {
            return;
        }

        try
        {
            do
            {
                await InvokeOnce(cancellationToken);
            }
            while (!RunOnce && !cancellationToken.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller has asked the loop to end.
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ownHttpClient?.Dispose();
        }
    }

    async Task<bool> Initialize()
    {
        try
        {
            return await _initializer();
        }
        catch (Exception exception)
        {
            _console.Report(exception);
            await _api.ReportInitError(exception);
            throw;
        }
    }

    async Task InvokeOnce(CancellationToken cancellationToken)
    {
        using var invocation = await _api.Next(cancellationToken);
        var context = new LambdaContext(invocation, _serializer);

        // One invocation at a time in this process, so these are safe to set.
        _console.BeginInvocation(context.AwsRequestId, context.TraceId);
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", context.TraceId);

        if (await Handle(invocation, context, cancellationToken) is { } output)
        {
            using (output)
            {
                await _api.SendResponse(context.AwsRequestId, output, cancellationToken);
            }
        }
    }

    async Task<Stream> Handle(RuntimeInvocation invocation, LambdaContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await _handler(invocation.Input, context) ?? Stream.Null;
        }
        catch (Exception exception)
        {
            _console.Report(exception);
            await _api.ReportInvocationError(context.AwsRequestId, exception, cancellationToken);
            return null;
        }
    }
}
