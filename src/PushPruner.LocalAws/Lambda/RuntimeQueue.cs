using System.Collections.Concurrent;
using System.Threading.Channels;

namespace PushPruner.LocalAws;

/// <summary>Invocations between those who invoke and the function's runtimes, of which there may be several.</summary>
sealed class RuntimeQueue(TimeProvider clock, TimeSpan timeout)
{
    readonly Channel<Invocation> waiting = Channel.CreateUnbounded<Invocation>();
    readonly ConcurrentDictionary<string, Invocation> running = new(StringComparer.Ordinal);
    readonly ConcurrentQueue<string> initErrors = new();
    readonly TaskCompletionSource firstPoll = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int polls;

    internal Task FirstPoll => firstPoll.Task;

    internal int Polls => Volatile.Read(ref polls);

    internal IReadOnlyList<string> InitErrors => [.. initErrors];

    internal async Task<FunctionAnswer> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        waiting.Writer.TryWrite(invocation);
        try
        {
            return await invocation.Ended.WaitAsync(cancellationToken);
        }
        finally
        {
            if (invocation.Ended.IsCompleted)
                running.TryRemove(invocation.RequestId, out _);
        }
    }

    /// <summary>What a runtime's long poll waits for.</summary>
    internal async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref polls);
        firstPoll.TrySetResult();
        try
        {
            var invocation = await waiting.Reader.ReadAsync(cancellationToken);
            running[invocation.RequestId] = invocation;
            invocation.Take(clock, timeout);
            return invocation;
        }
        finally
        {
            Interlocked.Decrement(ref polls);
        }
    }

    /// <returns>Whether a runtime was at work on it.</returns>
    internal bool Succeed(string requestId, string result) =>
        running.TryRemove(requestId, out var invocation) && invocation.Succeed(result);

    /// <returns>Whether a runtime was at work on it.</returns>
    internal bool Fail(string requestId, string error) => running.TryRemove(requestId, out var invocation) && invocation.Fail(error);

    /// <summary>A runtime that can't start fails the invocation it was started for.</summary>
    internal void FailInit(string error)
    {
        initErrors.Enqueue(error);
        if (waiting.Reader.TryRead(out var invocation))
            invocation.Fail(error);
    }
}
