using Amazon.ECR.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace PushPruner.Aws.Ecr;

/// <summary>
/// Sends each delete once: it bypasses the SDK's retries, whatever the retry mode and the number of attempts. ECR may have deleted the
/// image before its answer was lost, and CI may have pushed it again since. A repeated call would delete that image.
/// </summary>
/// <remarks>
/// This is not a retry policy, because the SDK repeats a call on a stale connection without asking the policy. Nor does a delete wait for a
/// token of the adaptive mode: ECR's answer that it relies on would be out of date by then.
/// </remarks>
sealed class DeleteOnceHandler(RetryHandler retries) : PipelineHandler
{
    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext) =>
        executionContext.RequestContext.OriginalRequest is BatchDeleteImageRequest
            ? retries.InnerHandler.InvokeAsync<T>(executionContext)
            : base.InvokeAsync<T>(executionContext);
}
