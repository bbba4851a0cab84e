using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.CloudWatchEvents;
using PushPruner.Cli.Embedded;
using PushPruner.Cli.Replay;
using PushPruner.Lambda;
using PushPruner.Lambda.Events;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Local;

/// <summary>The three functions as Lambda's API knows them, in this process, and ECR's events on their way to the first.</summary>
sealed class LocalFunctions : IAsyncDisposable
{
    readonly EmbeddedHost product;
    readonly TimeProvider clock;
    readonly Action<HandledPush> report;
    readonly SemaphoreSlim oneAtATime = new(1);
    readonly LocalFunction onImagePushed;
    readonly LocalFunction listRepositories;
    readonly LocalFunction reconcileRepository;
    readonly IDisposable events;

    public LocalFunctions(
        LocalRegistry registry, EmbeddedHost product, Settings settings, TimeProvider clock, Action<HandledPush> report)
    {
        this.product = product;
        this.clock = clock;
        this.report = report;

        // A failure is shown; trying again later would only show it three times.
        var options = new LocalFunctionOptions
        {
            AccountId = registry.Options.AccountId,
            Region = registry.Options.Region,
            Timeout = TimeSpan.FromMinutes(15),
            RetryDelays = [],
            Environment = EnvironmentOf(settings),
        };
        onImagePushed = Start(nameof(Functions.OnImagePushed), options, OnImagePushedAsync);
        listRepositories = Start(nameof(Functions.ListRepositories), options, ListRepositoriesAsync);
        reconcileRepository = Start(nameof(Functions.ReconcileRepository), options, ReconcileRepositoryAsync);
        events = onImagePushed.SubscribeTo(registry, IsServed);
    }

    public IEnumerable<LocalFunction> All => [onImagePushed, listRepositories, reconcileRepository];

    /// <summary>Waits until each push so far has been handled and shown.</summary>
    public Task IdleAsync() => onImagePushed.IdleAsync();

    public async ValueTask DisposeAsync()
    {
        events.Dispose();
        await onImagePushed.DisposeAsync();
        await listRepositories.DisposeAsync();
        await reconcileRepository.DisposeAsync();
        oneAtATime.Dispose();
    }

    // What the deployed rule lets through.
    bool IsServed(RegistryEvent evt)
    {
        var isServed = evt
            is { DetailType: "ECR Image Action" or "ECR Referrer Action", ActionType: "PUSH" }
                or { DetailType: "ECR Replication Action", ActionType: "REPLICATE" };
        if (isServed)
            product.Count(evt.Repository);
        return isServed;
    }

    // As the template sets it: --stack local finds the policy here, as it finds that of a deployed stack.
    static Dictionary<string, string> EnvironmentOf(Settings settings) => new(StringComparer.Ordinal)
    {
        ["STACK_NAME"] = "local",
        ["KEEP_NEWEST"] = settings.Policy.KeepNewest.ToString(CultureInfo.InvariantCulture),
        ["KEEP_DAYS"] = settings.Policy.KeepFor.TotalDays.ToString(CultureInfo.InvariantCulture),
        ["PROTECT_TAGS"] = settings.Policy.ProtectTags.ToString(),
        ["MAX_DELETES"] = settings.MaxDeletes.ToString(CultureInfo.InvariantCulture),
        ["DRY_RUN"] = settings.DryRun ? "true" : "false",
    };

    // What is shown of two at once would be mixed up, and so would their calls.
    LocalFunction Start(string name, LocalFunctionOptions options, Func<FunctionCall, Task<string>> handleAsync)
    {
        var variables = new Dictionary<string, string>(options.Environment, StringComparer.Ordinal) { ["ANNOTATIONS_HANDLER"] = name };
        return LocalFunction.StartInProcess(name, options with { Environment = variables }, clock, async (call, cancellationToken) =>
        {
            await oneAtATime.WaitAsync(cancellationToken);
            try
            {
                return await handleAsync(call);
            }
            finally
            {
                oneAtATime.Release();
            }
        });
    }

    async Task<string> OnImagePushedAsync(FunctionCall call)
    {
        var evt = JsonSerializer.Deserialize(call.Payload, FunctionJson.Default.CloudWatchEventImageAction);
        var handled = await ShownAsync(evt?.Detail?.RepositoryName, () => product.HandleAsync(evt, TimeOf(evt), ContextOf(call)));
        return handled.Result is { } result
            ? Text(result, FunctionJson.Default.PruneResult)
            : throw new InvalidOperationException(handled.Error);
    }

    async Task<string> ListRepositoriesAsync(FunctionCall call) =>
        Text(await product.ListRepositoriesAsync(Request(call), ContextOf(call)), FunctionJson.Default.RepositoryList);

    async Task<string> ReconcileRepositoryAsync(FunctionCall call)
    {
        var request = Request(call);
        var handled = await ShownAsync(
            EmbeddedHost.RepositoryIn(request), () => product.ReconcileAsync(request, clock.GetUtcNow(), ContextOf(call)));
        return Text((Jobs.ReconcileResult)handled.Result!, FunctionJson.Default.ReconcileResult);
    }

    async Task<HandledPush> ShownAsync(string? repository, Func<Task<HandledPush>> handleAsync)
    {
        HandledPush handled;
        try
        {
            handled = await handleAsync();
        }
        catch (Exception e)
        {
            report(new HandledPush(clock.GetUtcNow(), repository, Tag: null, Digest: null, Result: null, e.Message));
            throw;
        }

        report(handled);
        return handled;
    }

    DateTimeOffset TimeOf(CloudWatchEvent<ImageAction>? evt) =>
        evt?.Time is { } time && HistoryEntry.IsPlayable(new(time, TimeSpan.Zero)) ? new(time, TimeSpan.Zero) : clock.GetUtcNow();

    EmbeddedContext ContextOf(FunctionCall call) => new(call.RequestId, call.FunctionArn, call.Deadline - clock.GetUtcNow());

    static JsonElement Request(FunctionCall call) => JsonSerializer.Deserialize(call.Payload, FunctionJson.Default.JsonElement);

    static string Text<T>(T answer, JsonTypeInfo<T> type) => JsonSerializer.Serialize(answer, type);
}
