using Amazon.ECR;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Core;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using PushPruner.Adapters;
using PushPruner.Aws.Ecr;
using PushPruner.Cli.Registries;
using PushPruner.Jobs;
using PushPruner.Lambda;
using PushPruner.Lambda.Events;
using PushPruner.LocalAws;
using System.Collections.Concurrent;

namespace PushPruner.Cli.Embedded;

/// <summary>
/// The real functions in front of an embedded registry, which they ask over its HTTP API, and the score of what they did. Only the index is
/// in memory. One invocation at a time, while pushes may be counted.
/// </summary>
sealed class EmbeddedHost : IAsyncDisposable
{
    readonly LocalRegistry registry;
    readonly LocalAwsServer server;
    readonly ServiceProvider services;
    readonly ConcurrentDictionary<string, RunCount> tallies = new(StringComparer.Ordinal);
    int calls;

    EmbeddedHost(LocalRegistry registry, LocalAwsServer server, Settings settings, TimeProvider clock)
    {
        this.registry = registry;
        this.server = server;
        services = Startup.AddFunctions(new ServiceCollection(), settings)
            .AddLogging()
            .AddSingleton(clock)
            .AddSingleton<IManifestIndex>(new InMemoryIndex(clock))
            .AddSingleton<IAmazonECR>(_ => EcrClient.Create(
                new AmazonECRConfig
                {
                    ServiceURL = Url.ToString(),
                    AuthenticationRegion = registry.Options.Region,
                    HttpClientFactory = new LoopbackHttpClientFactory(() => Interlocked.Increment(ref calls)),
                },
                new BasicAWSCredentials("embedded", "embedded")))
            .BuildServiceProvider();
    }

    /// <param name="port">0 takes a free one.</param>
    public static async Task<EmbeddedHost> StartAsync(
        LocalRegistry registry, int port, Settings settings, TimeProvider clock, CancellationToken cancellationToken) =>
        new(registry, await LocalAwsServer.StartAsync(registry, port, cancellationToken), settings, clock);

    public Uri Url => server.Url;

    Functions Functions => services.GetRequiredService<Functions>();

    /// <summary>A repository has its row in the summary, whatever comes.</summary>
    /// <returns>Whether that is new.</returns>
    public bool Add(string repository) => tallies.TryAdd(repository, new RunCount());

    /// <summary>Something was pushed to a repository.</summary>
    public void Count(string repository) => Interlocked.Increment(ref tallies.GetOrAdd(repository, _ => new RunCount()).Pushed);

    /// <summary>Lets the function handle an event. What fails in AWS is told, and thrown by nobody.</summary>
    public async Task<HandledPush> HandleAsync(CloudWatchEvent<ImageAction>? evt, DateTimeOffset at, ILambdaContext context)
    {
        PruneResult? result = null;
        string? error = null;
        try
        {
            result = await ScoredAsync(evt?.Detail?.RepositoryName, () => Functions.OnImagePushed(evt!, context));
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException)
        {
            error = e.Message;
        }

        return new HandledPush(at, evt?.Detail?.RepositoryName, evt?.Detail?.ImageTag, evt?.Detail?.ImageDigest, result, error);
    }

    /// <summary>Lets the function reconcile a repository. What fails is thrown.</summary>
    public async Task<HandledPush> ReconcileAsync(JsonElement request, DateTimeOffset at, ILambdaContext context)
    {
        var repository = RepositoryIn(request);
        var result = await ScoredAsync(repository, () => Functions.ReconcileRepository(request, context));
        return new HandledPush(at, repository, Tag: null, Digest: null, result, Error: null);
    }

    public Task<RepositoryList> ListRepositoriesAsync(JsonElement request, ILambdaContext context) =>
        Functions.ListRepositories(request, context);

    public IReadOnlyList<RepositorySummary> Summary() =>
        [.. tallies.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => SummaryOf(t.Key, t.Value))];

    /// <summary>Lets Lambda's API invoke a function.</summary>
    public void Add(LocalFunction function) => server.Add(function);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DisposeAsync();
    }

    /// <summary>The repository that a request names; null where the function will refuse it for that.</summary>
    public static string? RepositoryIn(JsonElement request) =>
        request.ValueKind == JsonValueKind.Object
        && request.TryGetProperty("repository", out var name)
        && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;

    RepositorySummary SummaryOf(string repository, RunCount run)
    {
        var images = registry.Images(repository);
        var bytes = images.Sum(i => i.SizeInBytes ?? 0);
        return new(repository, run.Pushed, images.Count, run.Deleted, bytes, run.DeletedBytes, run.Calls);
    }

    async Task<T> ScoredAsync<T>(string? repository, Func<Task<T>> runAsync)
        where T : PruneResult
    {
        // It would grow for as long as the program runs.
        registry.Calls.Clear();
        calls = 0;
        T? result = null;
        try
        {
            return result = await runAsync();
        }
        finally
        {
            if (repository is not null && tallies.TryGetValue(repository, out var tally))
            {
                tally.Deleted += result is { DryRun: false } ? result.DeletedCount : 0;
                tally.DeletedBytes += result is { DryRun: false } ? result.Bytes : 0;
                tally.Calls += calls;
            }
        }
    }

    sealed class RunCount
    {
        /// <summary>A field, for it is counted on several threads.</summary>
        public int Pushed;

        public int Deleted { get; set; }

        public long DeletedBytes { get; set; }

        public int Calls { get; set; }
    }
}

/// <summary>One event and what the function made of it; or a reconcile, which has neither tag nor digest.</summary>
/// <param name="Result">Null when the function threw; <paramref name="Error"/> says what.</param>
sealed record HandledPush(DateTimeOffset At, string? Repository, string? Tag, string? Digest, PruneResult? Result, string? Error);

/// <summary>What became of a repository.</summary>
/// <param name="Calls">ECR calls that the function made.</param>
sealed record RepositorySummary(string Repository, int Pushed, int Kept, int Deleted, long KeptBytes, long DeletedBytes, int Calls)
{
    public double CallsPerPush => Pushed == 0 ? 0 : (double)Calls / Pushed;
}

/// <summary>What Lambda would tell the function of its invocation.</summary>
sealed class EmbeddedContext(string requestId, string functionArn, TimeSpan remaining) : ILambdaContext
{
    public string AwsRequestId => requestId;

    public IClientContext ClientContext => null!;

    public string FunctionName => functionArn[(functionArn.LastIndexOf(':') + 1)..];

    public string FunctionVersion => "$LATEST";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => functionArn;

    public ILambdaLogger Logger => null!;

    public string LogGroupName => "";

    public string LogStreamName => "";

    public int MemoryLimitInMB => 256;

    public TimeSpan RemainingTime => remaining;
}
