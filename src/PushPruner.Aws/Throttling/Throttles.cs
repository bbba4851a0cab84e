using Amazon.Runtime.Internal;

namespace PushPruner.Aws.Throttling;

/// <summary>
/// How often AWS answered that it is asked too much, each try counted: those that the SDK tries again nobody else hears of. It belongs to
/// the async flow that began it, so that several invocations in one process don't count each other's.
/// </summary>
public sealed class Throttles
{
    static readonly AsyncLocal<Throttles?> Flow = new();

    int count;

    public int Count => Volatile.Read(ref count);

    /// <summary>From now on every client that is made is counted, of whatever service.</summary>
    public static void WatchClients() => RuntimePipelineCustomizerRegistry.Instance.Register(new ThrottleWatch());

    /// <summary>Counts from here on in this async flow, and in what it calls.</summary>
    public static Throttles Begin() => Flow.Value = new Throttles();

    internal static void Note()
    {
        if (Flow.Value is { } throttles)
            Interlocked.Increment(ref throttles.count);
    }
}
