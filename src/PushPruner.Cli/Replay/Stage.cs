using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.ECR;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using PushPruner.Jobs;
using PushPruner.Lambda;
using PushPruner.Lambda.Events;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Cli.Replay;

/// <summary>
/// The embedded registry behind its HTTP API, a clock that follows the history, and the real function in front of both. Only the index
/// is in memory.
/// </summary>
sealed class Stage : IAsyncDisposable
{
    // CI's own calls, not the function's.
    static readonly string[] CallsOfThePusher = ["PutImage", "CreateRepository"];

    readonly SettableClock clock;
    readonly LocalRegistry registry;
    readonly LocalAwsServer server;
    readonly ServiceProvider services;
    readonly Dictionary<string, Tally> tallies = new(StringComparer.Ordinal);
    int invocations;

    Stage(SettableClock clock, LocalRegistry registry, LocalAwsServer server, ServiceProvider services)
    {
        this.clock = clock;
        this.registry = registry;
        this.server = server;
        this.services = services;
    }

    public static async Task<Stage> SetAsync(string account, string region, Settings settings, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var clock = new SettableClock(start);
        var registry = new LocalRegistry(new LocalRegistryOptions { AccountId = account, Region = region }, clock);
        var server = await LocalAwsServer.StartAsync(registry, cancellationToken: cancellationToken);
        var services = Startup.AddFunctions(new ServiceCollection(), settings)
            .AddLogging()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IManifestIndex>(new InMemoryIndex(clock))
            .AddSingleton<IAmazonECR>(_ => new AmazonECRClient(new BasicAWSCredentials("embedded", "embedded"), new AmazonECRConfig
            {
                ServiceURL = server.Url.ToString(),
                AuthenticationRegion = region,
                HttpClientFactory = new LoopbackHttpClientFactory(),
            }))
            .BuildServiceProvider();
        return new Stage(clock, registry, server, services);
    }

    /// <summary>Lets an entry happen, and gives what the function made of each event that it caused.</summary>
    public async IAsyncEnumerable<HandledPush> PlayAsync(HistoryEntry entry, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        clock.SetUtcNow(entry.At);
        foreach (var evt in Happen(entry))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await HandleAsync(evt, entry.At);
        }
    }

    public IReadOnlyList<RepositorySummary> Summary() =>
    [
        .. tallies.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t =>
        {
            var images = registry.Images(t.Key);
            return new RepositorySummary(t.Key, t.Value.Pushed, images.Count, t.Value.Deleted, images.Sum(i => i.SizeInBytes ?? 0), t.Value.DeletedBytes, t.Value.Calls);
        }),
    ];

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DisposeAsync();
    }

    IEnumerable<CloudWatchEvent<ImageAction>> Happen(HistoryEntry entry) => entry switch
    {
        HistoryEntry.Push push => Happen(push),
        HistoryEntry.Event evt => Happen(evt),
        _ => throw new InvalidOperationException($"nothing happens for {entry}"),
    };

    // CI puts the manifest once for each tag, and ECR sends an event for each.
    IEnumerable<CloudWatchEvent<ImageAction>> Happen(HistoryEntry.Push push)
    {
        if (registry.Images(push.Repository) is [] && !tallies.ContainsKey(push.Repository))
            registry.CreateRepository(push.Repository);

        var tally = TallyOf(push.Repository);
        tally.Pushed++;
        var manifest = ManifestFactory.Image(push.Image, push.Bytes);
        foreach (var tag in push.Tags.Count > 0 ? push.Tags : [null!])
        {
            RegistryEvent? evt = null;
            try
            {
                evt = registry.PutImage(manifest.Put(push.Repository, tag)).Event;
            }
            catch (EcrError e) when (e.Code == "ImageAlreadyExistsException")
            {
                // Nothing changed, so ECR sends nothing.
            }

            if (evt is not null)
                yield return JsonSerializer.Deserialize(evt.Json, FunctionJson.Default.CloudWatchEventImageAction)!;
        }
    }

    // What a recorded event says was pushed is placed in the registry, if it was pushed to this one.
    IEnumerable<CloudWatchEvent<ImageAction>> Happen(HistoryEntry.Event evt)
    {
        var content = evt.Content;
        if (content.Detail is { Result: "SUCCESS", ActionType: "PUSH" or "REPLICATE" } detail
            && content.Account == registry.Options.AccountId && content.Region == registry.Options.Region
            && RepositoryName.IsValid(detail.RepositoryName) && Digest.TryParse(detail.ImageDigest, out var digest))
        {
            TallyOf(detail.RepositoryName).Pushed++;
            var image = new SeededImage
            {
                Digest = digest.Value,
                Tags = string.IsNullOrEmpty(detail.ImageTag) ? [] : [detail.ImageTag],
                MediaType = detail.ManifestMediaType ?? MediaTypes.OciManifest,
            };
            registry.Replicate(detail.RepositoryName, image, registry.Options.Region);
        }

        yield return content;
    }

    async Task<HandledPush> HandleAsync(CloudWatchEvent<ImageAction> evt, DateTimeOffset at)
    {
        var detail = evt.Detail;
        var context = new ReplayContext($"replay-{++invocations}", registry.Options.Region, registry.Options.AccountId);
        registry.Calls.Clear();
        PruneResult? result = null;
        string? error = null;
        try
        {
            result = await services.GetRequiredService<Functions>().OnImagePushed(evt, context);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException)
        {
            error = e.Message;
        }

        if (detail?.RepositoryName is { } repository && tallies.TryGetValue(repository, out var tally))
        {
            tally.Deleted += result?.DeletedCount ?? 0;
            tally.DeletedBytes += result?.Bytes ?? 0;
            tally.Calls += registry.Calls.All.Count(c => !CallsOfThePusher.Contains(c.Operation, StringComparer.Ordinal));
        }

        return new HandledPush(at, detail?.RepositoryName, detail?.ImageTag, detail?.ImageDigest, result, error);
    }

    Tally TallyOf(string repository) => tallies.TryGetValue(repository, out var tally) ? tally : tallies[repository] = new Tally();

    sealed class Tally
    {
        public int Pushed { get; set; }

        public int Deleted { get; set; }

        public long DeletedBytes { get; set; }

        public int Calls { get; set; }
    }
}
