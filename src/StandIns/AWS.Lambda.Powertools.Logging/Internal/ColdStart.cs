namespace AWS.Lambda.Powertools.Logging.Internal;

/// <summary>True in the async flow that first asks, and in what it calls; false in every later one.</summary>
static class ColdStart
{
    static readonly AsyncLocal<bool?> Flow = new();
    static int _started;

    // Instances of provisioned concurrency were initialised before anyone waited for them.
    internal static bool IsNow =>
        Environment.GetEnvironmentVariable("AWS_LAMBDA_INITIALIZATION_TYPE") is not "provisioned-concurrency"
        && (Flow.Value ??= Interlocked.Exchange(ref _started, 1) == 0);
}
