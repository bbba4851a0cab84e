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
    DeployedFunctions deployed,
    EmbeddedMetrics metrics,
    TimeProvider clock,
    ILogger<Functions> logger)
{
    // AWS sends shorter ones: an event's id has 36 characters, a repository's name at most 256.
    const int LongestKey = 256;

    readonly ILogger logger = UnfailingLogger.Around(logger);

    /// <summary>Handles one event of ECR. Any other event is ignored, and is never an error.</summary>
    [LambdaFunction]
    public async Task<PruneResult> OnImagePushed(CloudWatchEvent<ImageAction> evt, ILambdaContext context)
    {
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
                logger.Handled(result);
                line.AtTheEnd(l => Measures.OfPush(l, result));
                return AnswerLimit.Fit(result, FunctionJson.Default.PruneResult);
            });
    }

    /// <summary>Lists some of the repositories that are served.</summary>
    /// <param name="request"><c>{"nextToken"?, "execution"?}</c></param>
    /// <exception cref="MalformedRequestException">The request cannot be understood.</exception>
    [LambdaFunction]
    public async Task<RepositoryList> ListRepositories(JsonElement request, ILambdaContext context)
    {
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
            });
    }

    /// <summary>Prunes one repository by a full listing, and corrects its rows. A repository that is not served is ignored.</summary>
    /// <param name="payload">
    /// <c>{"repository", "dryRun"?, "maxDeletes"?, "asOf"?, "policy"?, "keepNewest"?, "keepDays"?, "execution"?, "run"?}</c>
    /// </param>
    /// <exception cref="MalformedRequestException">The request cannot be understood. Nothing was done.</exception>
    [LambdaFunction]
    public async Task<ReconcileResult> ReconcileRepository(JsonElement payload, ILambdaContext context)
    {
        var read = await LoggedAsync(
            context, [], Metric.ReconcilesFailed, _ => Task.FromResult(ReconcilePayload.Read(payload, clock.GetUtcNow())));
        var (request, execution) = read;
        return await LoggedAsync(
            context,
            [("Repository", request.Repository), .. ExecutionKey(execution)],
            Metric.ReconcilesFailed,
            async line =>
            {
                var result = settings.Repositories.Serves(request.Repository)
                    ? await JobIn(RegistryHome.OfFunction(context.InvokedFunctionArn))
                        .RunAsync(
                            request,
                            InvocationOf(context, request) with
                            {
                                Execution = execution, Counters = line.Counters,
                            },
                            CancellationToken.None)
                    : NotServed(request);
                logger.Reconciled(result);
                line.AtTheEnd(l => Measures.OfReconcile(l, result, read.Run));
                return AnswerLimit.Fit(result, FunctionJson.Default.ReconcileResult);
            });
    }

    Invocation InvocationOf(ILambdaContext context) => new(context.AwsRequestId, clock.GetUtcNow() + context.RemainingTime);

    // A push that is halted is approved by a reconcile of its repository.
    Invocation InvocationOf(ILambdaContext context, ImagePush push) => InvocationOf(context) with
    {
        Approval = terms => Approval.Command(
            string.IsNullOrEmpty(deployed.ReconcileFunction) ? nameof(ReconcileRepository) : deployed.ReconcileFunction,
            new ReconcileRequest(push.Repository),
            terms),
    };

    Invocation InvocationOf(ILambdaContext context, ReconcileRequest request) =>
        InvocationOf(context) with { Approval = terms => Approval.Command(context.InvokedFunctionArn, request, terms) };

    ReconcileJob JobIn(RegistryHome home) => new(openRegistry(home), index, settings, clock, logger);

    ReconcileResult NotServed(ReconcileRequest request) => new()
    {
        Repository = request.Repository,
        Outcome = Outcome.Ignored,
        Why = PushReader.WhyNotServed(request.Repository),
        DryRun = request.ApplyTo(settings).DryRun,
    };

    // The keys are on every line of the invocation, and on that of its failure. They are spelled as the arguments of messages are, because
    // Powertools compares the spelling and would write the repository twice. Not static, because invocations may share the process.
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
