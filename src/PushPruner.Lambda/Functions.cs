using System.Text.Json;
using AWS.Lambda.Powertools.Logging;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using PushPruner.Aws;
using PushPruner.Jobs;
using PushPruner.Lambda.Events;
using PushPruner.Lambda.Metering;
using PushPruner.Lambda.Requests;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Lambda;

/// <summary>
/// The functions, by the names that the template and <c>ANNOTATIONS_HANDLER</c> use. No answer is larger than <see cref="AnswerLimit"/>
/// allows.
/// </summary>
public sealed class Functions(
    Func<RegistryHome, IRegistry> openRegistry,
    IManifestIndex index,
    Settings settings,
    Siblings siblings,
    EmbeddedMetrics metrics,
    TimeProvider clock,
    ILogger<Functions> logger)
{
    // Those of AWS are shorter: an event's id has 36 characters, a repository's name 256 at most.
    const int LongestKey = 256;

    readonly ILogger logger = UnfailingLogger.Around(logger);

    /// <summary>Handles one event of ECR. What isn't a push of ours is ignored, never an error.</summary>
    [LambdaFunction]
    public async Task<PruneResult> OnImagePushed(CloudWatchEvent<ImageAction> evt, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var eventId = SafeText.Of(evt?.Id, LongestKey);
        return await LoggedAsync(
            context,
            [("EventId", eventId), ("Repository", SafeText.Of(evt?.Detail?.RepositoryName, LongestKey))],
            Metric.PushesFailed,
            async line =>
            {
                var home = RegistryHome.OfFunction(context.InvokedFunctionArn);
                var (push, why) = PushReader.Read(evt, home, settings.Repositories);
                if (push is not null)
                    logger.Received(push);
                var result = push is null
                    ? PruneResult.Ignored(why!)
                    : await new PushJob(openRegistry(home), index, settings, clock, logger).RunAsync(
                        push,
                        InvocationOf(context, push) with
                        {
                            EventId = eventId.Length > 0 ? eventId : null, Counters = line.Counters,
                        },
                        CancellationToken.None);
                logger.Handled(
                    result.Outcome,
                    result.ExpiredCount,
                    result.DeletedCount,
                    result.FailedCount,
                    result.DoubtCount,
                    result.Bytes,
                    result.PushToPruneMs,
                    result.DryRun,
                    result.Resynced,
                    SafeText.Of(result.Why));
                line.AtTheEnd(l => Measures.OfPush(l, result));
                return AnswerLimit.Fit(result, FunctionJson.Default.PruneResult);
            }
        );
    }

    /// <summary>Names some of the repositories that are served.</summary>
    /// <param name="request"><c>{"nextToken"?, "execution"?}</c></param>
    /// <exception cref="MalformedRequestException">The request can't be understood.</exception>
    [LambdaFunction]
    public async Task<RepositoryList> ListRepositories(JsonElement request, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (next, execution) = await LoggedAsync(
            context, [], Metric.ListingsFailed, _ => Task.FromResult(ListRepositoriesRequest.Read(request)));
        return await LoggedAsync(
            context,
            [.. ExecutionKey(execution)],
            Metric.ListingsFailed,
            _ =>
            {
                var home = RegistryHome.OfFunction(context.InvokedFunctionArn);
                return new RepositoryListing(openRegistry(home), index, settings.Repositories, clock, logger).ReadAsync(
                    next, InvocationOf(context), CancellationToken.None);
            }
        );
    }

    /// <summary>Sets one repository right by ECR's word. One that isn't served is ignored.</summary>
    /// <param name="request">
    /// <c>{"repository", "dryRun"?, "maxDeletes"?, "asOf"?, "policy"?, "keepNewest"?, "keepDays"?, "execution"?, "run"?}</c>
    /// </param>
    /// <exception cref="MalformedRequestException">The request can't be understood. Nothing was done.</exception>
    [LambdaFunction]
    public async Task<ReconcileResult> ReconcileRepository(JsonElement request, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var read = await LoggedAsync(
            context, [], Metric.ReconcilesFailed, _ => Task.FromResult(Requests.ReconcilePayload.Read(request, clock.GetUtcNow())));
        var (order, execution) = read;
        return await LoggedAsync(
            context,
            [("Repository", order.Repository), .. ExecutionKey(execution)],
            Metric.ReconcilesFailed,
            async line =>
            {
                var result = settings.Repositories.Serves(order.Repository)
                    ? await JobIn(RegistryHome.OfFunction(context.InvokedFunctionArn))
                        .RunAsync(
                            order,
                            InvocationOf(context, order) with
                            {
                                Execution = execution, Counters = line.Counters,
                            },
                            CancellationToken.None)
                    : NotServed(order);
                logger.Reconciled(
                    result.Outcome,
                    result.Done,
                    result.Images,
                    result.Kept,
                    result.ExpiredCount,
                    result.DeletedCount,
                    result.FailedCount,
                    result.DoubtCount,
                    result.Bytes,
                    result.Drift.Missing,
                    result.Drift.Phantom,
                    result.Drift.Stale,
                    result.DryRun,
                    SafeText.Of(result.Why));
                line.AtTheEnd(l => Measures.OfReconcile(l, result, read.Run));
                return AnswerLimit.Fit(result, FunctionJson.Default.ReconcileResult);
            }
        );
    }

    Invocation InvocationOf(ILambdaContext context) => new(context.AwsRequestId, clock.GetUtcNow() + context.RemainingTime);

    // A push that is halted is approved by a reconcile of its repository.
    Invocation InvocationOf(ILambdaContext context, ImagePush push) => InvocationOf(context) with
    {
        Approval = terms => Approval.Command(
            string.IsNullOrEmpty(siblings.ReconcileFunction) ? nameof(ReconcileRepository) : siblings.ReconcileFunction,
            new Jobs.ReconcileRequest(push.Repository),
            terms),
    };

    Invocation InvocationOf(ILambdaContext context, Jobs.ReconcileRequest order) =>
        InvocationOf(context) with { Approval = terms => Approval.Command(context.InvokedFunctionArn, order, terms) };

    ReconcileJob JobIn(RegistryHome home) => new(openRegistry(home), index, settings, clock, logger);

    ReconcileResult NotServed(Jobs.ReconcileRequest order) => new()
    {
        Repository = order.Repository,
        Outcome = Outcome.Ignored,
        Why = PushReader.WhyNotServed(order.Repository),
        DryRun = order.ApplyTo(settings).DryRun,
    };

    // On every line of the invocation, also that of its failure. They are spelt as the arguments of messages, because Powertools tells keys
    // apart by their spelling and would write the repository twice. Not statics: several invocations may share the process.
    async Task<T> LoggedAsync<T>(
        ILambdaContext context, IEnumerable<(string Key, string Value)> more, Metric failed, Func<MetricLine, Task<T>> runAsync)
    {
        var keys = more.Prepend(("RequestId", context.AwsRequestId))
            .ToDictionary(k => k.Item1, object (k) => k.Item2, StringComparer.Ordinal);
        logger.AppendKeys(keys);
        try
        {
            return await metrics.MeasureAsync(
                failed, keys.Select(k => (JsonNamingPolicy.SnakeCaseLower.ConvertName(k.Key), (string)k.Value)), runAsync);
        }
        catch (Exception e) when (logger.Failed(e))
        {
            throw;
        }
        finally
        {
            logger.RemoveKeys([.. keys.Keys]);
        }
    }

    static IEnumerable<(string, string)> ExecutionKey(string? execution) =>
        execution is null ? [] : [("Execution", SafeText.Of(execution))];
}
