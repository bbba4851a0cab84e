using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;

namespace PushPruner.LocalAws;

/// <summary>
/// A Lambda function whose own process runs against this: start it with AWS_LAMBDA_RUNTIME_API set to <see cref="RuntimeApi"/>.
/// Each function has a port of its own, for a runtime knows its function by nothing else. Or one that is code of this process.
/// </summary>
public sealed class LocalFunction : IAsyncDisposable
{
    readonly LocalFunctionOptions options;
    readonly TimeProvider clock;
    readonly IdSequence ids;
    readonly RuntimeQueue queue;
    readonly ConcurrentDictionary<Task, bool> pending = new();
    readonly ConcurrentQueue<FailedEvent> failures = new();
    readonly CancellationTokenSource disposing = new();
    WebApplication? app;
    Task serving = Task.CompletedTask;

    LocalFunction(string name, LocalFunctionOptions options, TimeProvider clock)
    {
        this.options = options;
        this.clock = clock;
        Name = name;
        Arn = $"arn:aws:lambda:{options.Region}:{options.AccountId}:function:{name}";
        ids = new($"function/{name}", options.Seed);
        queue = new(clock, options.Timeout);
    }

    public string Name { get; }

    public string Arn { get; }

    public IReadOnlyDictionary<string, string> Environment => options.Environment;

    /// <summary>host:port, the value of AWS_LAMBDA_RUNTIME_API. Empty for code of this process.</summary>
    public string RuntimeApi { get; private set; } = "";

    /// <summary>How many runtimes wait for an invocation.</summary>
    public int WaitingRuntimes => queue.Polls;

    /// <summary>Ends when a runtime asks for its first invocation: it has started.</summary>
    public Task FirstPoll => queue.FirstPoll;

    /// <summary>Events that failed for good.</summary>
    public IReadOnlyList<FailedEvent> Failures => [.. failures];

    /// <summary>What runtimes said that could not start, as JSON text.</summary>
    public IReadOnlyList<string> InitErrors => queue.InitErrors;

    public static async Task<LocalFunction> StartAsync(
        string name,
        LocalFunctionOptions options,
        TimeProvider clock,
        CancellationToken cancellationToken = default)
    {
        var function = new LocalFunction(name, options, clock);
        (function.app, var url) = await LoopbackApp.StartAsync(
            options.Port,
            new RuntimeEndpoint(function.queue, function.Arn).Map,
            cancellationToken);
        function.RuntimeApi = url.Authority;
        return function;
    }

    /// <summary>A function that is code of this process: one runtime, so one invocation after the other.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">Its account, region, timeout and retries.</param>
    /// <param name="clock">The clock of its deadlines.</param>
    /// <param name="handleAsync">Gives the result as JSON text. What it throws is the error of that invocation.</param>
    public static LocalFunction StartInProcess(
        string name,
        LocalFunctionOptions options,
        TimeProvider clock,
        Func<FunctionCall, CancellationToken, Task<string>> handleAsync)
    {
        var function = new LocalFunction(name, options, clock);
        var runtime = new InProcessRuntime(function.queue, function.Arn, handleAsync);
        function.serving = Task.Run(() => runtime.ServeAsync(function.disposing.Token));
        return function;
    }

    /// <summary>Invokes and waits for the answer. Nothing is retried.</summary>
    public Task<FunctionAnswer> InvokeAsync(string payload, CancellationToken cancellationToken = default) =>
        AttemptAsync(ids.Next(), payload, cancellationToken);

    /// <summary>
    /// Invokes as EventBridge does: at once, without waiting. A failure is tried again after each of the retry delays, by the clock;
    /// what fails then too is found in <see cref="Failures"/>.
    /// </summary>
    /// <returns>The request id, the same for every attempt.</returns>
    public string Send(string payload)
    {
        var requestId = ids.Next();
        var run = RunAsync(requestId, payload, disposing.Token);
        pending[run] = true;
        _ = run.ContinueWith(
            ended => pending.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return requestId;
    }

    /// <summary>Sends the function every event of a registry that <paramref name="pattern"/> lets through; all without one.</summary>
    /// <returns>Ends it when disposed.</returns>
    public IDisposable SubscribeTo(LocalRegistry registry, Func<RegistryEvent, bool>? pattern = null) => registry.Subscribe(happened =>
    {
        if (pattern?.Invoke(happened) is not false)
            Send(happened.Json);
    });

    /// <summary>Waits until every event sent so far has succeeded or failed for good. The caller must move a settable clock.</summary>
    public async Task IdleAsync(CancellationToken cancellationToken = default)
    {
        while (!pending.IsEmpty)
            await Task.WhenAll(pending.Keys).WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await disposing.CancelAsync();
        if (app is not null)
            await app.DisposeAsync();
        await serving;
        disposing.Dispose();
    }

    async Task RunAsync(string requestId, string payload, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await AttemptAsync(requestId, payload, cancellationToken);
            foreach (var delay in options.RetryDelays)
            {
                if (answer.Succeeded)
                    return;
                await Task.Delay(delay, clock, cancellationToken);
                answer = await AttemptAsync(requestId, payload, cancellationToken);
            }

            if (!answer.Succeeded)
                failures.Enqueue(new(requestId, payload, options.RetryDelays.Count + 1, answer.Payload));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The function is gone, and its events with it.
        }
    }

    Task<FunctionAnswer> AttemptAsync(string requestId, string payload, CancellationToken cancellationToken)
    {
        var trace = ids.Next().Replace("-", "", StringComparison.Ordinal);
        return queue.InvokeAsync(new(requestId, payload, $"Root=1-{trace[..8]}-{trace[8..]};Sampled=0"), cancellationToken);
    }
}
