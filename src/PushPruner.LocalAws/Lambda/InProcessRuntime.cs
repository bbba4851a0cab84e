using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace PushPruner.LocalAws;

/// <summary>Does what a function's own process does, for code of this one.</summary>
sealed class InProcessRuntime(RuntimeQueue queue, string functionArn, Func<FunctionCall, CancellationToken, Task<string>> handleAsync)
{
    internal async Task ServeAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
                await HandleAsync(await queue.NextAsync(cancellationToken), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The function is gone.
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a function throws is its answer.")]
    async Task HandleAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        try
        {
            var call = new FunctionCall(invocation.RequestId, invocation.Payload, functionArn, invocation.Deadline);
            queue.Succeed(invocation.RequestId, await handleAsync(call, cancellationToken));
        }
        catch (Exception error)
        {
            var (type, message) = (JsonEncodedText.Encode(error.GetType().Name), JsonEncodedText.Encode(error.Message));
            queue.Fail(invocation.RequestId, $$"""{"errorType":"{{type}}","errorMessage":"{{message}}"}""");
        }
    }
}
