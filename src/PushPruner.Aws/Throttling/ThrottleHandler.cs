using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace PushPruner.Aws.Throttling;

/// <summary>Counts the attempts that AWS throttled, by the SDK's own list of errors.</summary>
sealed class ThrottleHandler(RetryPolicy policy) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        try
        {
            return await base.InvokeAsync<T>(executionContext);
        }
        catch (AmazonServiceException e) when (policy.IsThrottlingError(e))
        {
            Throttles.CountOne();
            throw;
        }
    }
}
