using System.Collections.Concurrent;
using PushPruner.Jobs;
using PushPruner.LocalAws;

namespace PushPruner.Benchmarks.Loads;

/// <summary>
/// Hands events to environments as Lambda does: to one that is free, else to a new one, and never to more than its concurrency. What fails
/// is tried again after one minute and after two.
/// </summary>
sealed class ExecutionEnvironments(Func<int, ExecutionEnvironment> start) : IDisposable
{
    // Of an account that has asked for no more.
    const int Concurrency = 1_000;
    static readonly TimeSpan[] RetryDelays = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    readonly SemaphoreSlim room = new(Concurrency);
    readonly ConcurrentBag<ExecutionEnvironment> free = [];
    readonly ConcurrentBag<ExecutionEnvironment> all = [];
    int retried;
    int failed;
    int halted;
    int started;

    public int Started => started;

    public int Retried => retried;

    public int Failed => failed;

    public int Halted => halted;

    public async Task HandleAsync(RegistryEvent evt, CancellationToken cancellationToken)
    {
        for (var tries = 0; !await IsHandledAsync(evt, cancellationToken); tries++)
        {
            if (tries == RetryDelays.Length)
            {
                Interlocked.Increment(ref failed);
                return;
            }

            Interlocked.Increment(ref retried);
            await Task.Delay(RetryDelays[tries], cancellationToken);
        }
    }

    public void Dispose()
    {
        foreach (var environment in all)
            environment.Dispose();
        room.Dispose();
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "Lambda retries whatever a function failed with.")]
    async Task<bool> IsHandledAsync(RegistryEvent evt, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken);
        if (!free.TryTake(out var environment))
            all.Add(environment = start(Interlocked.Increment(ref started)));
        try
        {
            if ((await environment.HandleAsync(evt, cancellationToken)).Outcome == Outcome.Halted)
                Interlocked.Increment(ref halted);
            return true;
        }
        catch (Exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
        finally
        {
            free.Add(environment);
            room.Release();
        }
    }
}
