using Amazon.Lambda.Annotations;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;
using Microsoft.Extensions.Logging;
using PushPruner.Aws;
using PushPruner.Jobs;
using PushPruner.Lambda.Events;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Lambda;

/// <summary>The functions, by the names that the template and <c>ANNOTATIONS_HANDLER</c> use.</summary>
public sealed class Functions(Func<RegistryHome, IRegistry> openRegistry, IManifestIndex index, Settings settings, TimeProvider clock, ILogger<Functions> logger)
{
    /// <summary>Handles one event of ECR. What isn't a push of ours is ignored, never an error.</summary>
    [LambdaFunction]
    public async Task<PruneResult> OnImagePushed(CloudWatchEvent<ImageAction> evt, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var invocation = new Invocation(context.AwsRequestId, clock.GetUtcNow() + context.RemainingTime);
        var home = RegistryHome.OfFunction(context.InvokedFunctionArn);
        var keys = LogKeys(evt, context);
        logger.AppendKeys(keys);
        try
        {
            var (push, why) = PushReader.Read(evt, home, settings.Repositories);
            var result = push is null
                ? PruneResult.Ignored(why!)
                : await new PushJob(openRegistry(home), index, settings, clock, logger).RunAsync(push, invocation, CancellationToken.None);
            logger.Handled(
                result.Outcome, result.ExpiredCount, result.DeletedCount, result.FailedCount, result.DoubtCount, result.Bytes, result.PushToPruneMs, result.DryRun, result.Resynced, result.Why);
            return result;
        }
        finally
        {
            logger.RemoveKeys([.. keys.Keys]);
        }
    }

    // On every line of the invocation. Not statics: several invocations may share the process.
    static Dictionary<string, object> LogKeys(CloudWatchEvent<ImageAction>? evt, ILambdaContext context) => new(StringComparer.Ordinal)
    {
        ["request_id"] = context.AwsRequestId,
        ["event_id"] = evt?.Id ?? "",
        ["repository"] = evt?.Detail?.RepositoryName ?? "",
    };
}
