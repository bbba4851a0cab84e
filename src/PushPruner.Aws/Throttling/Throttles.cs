using Amazon.Runtime.Internal;

namespace PushPruner.Aws.Throttling;

/// <summary>
/// How many attempts AWS throttled, with those that the SDK repeated and reports nowhere else. It belongs to the async flow that began
/// it, so that several invocations in one process do not count those of each other.
/// </summary>
public sealed class Throttles
{
    static readonly AsyncLocal<Throttles?> Flow = new();

    int count;

    public int Count => Volatile.Read(ref count);

    /// <summary>Counts the throttles of every client that is created from now on, of whatever service.</summary>
    public static void WatchClients() => RuntimePipelineCustomizerRegistry.Instance.Register(new ThrottleCustomizer());

    /// <summary>Counts from here on in this async flow, and in what it calls.</summary>
    public static Throttles Begin() => Flow.Value = new Throttles();

    internal static void CountOne()
    {
        if (Flow.Value is { } throttles)
            Interlocked.Increment(ref throttles.count);
    }
}
