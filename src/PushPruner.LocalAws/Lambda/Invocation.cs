using System.Globalization;

namespace PushPruner.LocalAws;

/// <summary>One attempt: waits for a runtime, is taken, and ends with an answer, an error, or at its deadline.</summary>
sealed class Invocation(string requestId, string payload, string traceId)
{
    readonly TaskCompletionSource<FunctionAnswer> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    ITimer? deadlineTimer;

    internal string RequestId => requestId;

    internal string Payload => payload;

    internal string TraceId => traceId;

    internal DateTimeOffset Deadline { get; private set; }

    internal Task<FunctionAnswer> Ended => ended.Task;

    internal void Take(TimeProvider clock, TimeSpan timeout)
    {
        Deadline = clock.GetUtcNow() + timeout;
        var seconds = timeout.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        deadlineTimer = clock.CreateTimer(
            _ => Fail(
                $$"""{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: {{requestId}} Error: """
                    + $$"""Task timed out after {{seconds}} seconds"}"""),
            state: null,
            timeout,
            Timeout.InfiniteTimeSpan);
    }

    internal bool Succeed(string result) => End(new() { RequestId = requestId, Payload = result });

    internal bool Fail(string error) => End(FunctionAnswer.Failed(requestId, error));

    bool End(FunctionAnswer answer)
    {
        deadlineTimer?.Dispose();
        return ended.TrySetResult(answer);
    }
}
