using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.Lambda.CloudWatchEvents;
using PushPruner.Cli.Embedded;
using PushPruner.Lambda;
using PushPruner.Lambda.Events;
using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Cli.Replay;

/// <summary>
/// The embedded registry behind its HTTP API, a clock that follows the history, and the real function in front of both.
/// </summary>
sealed class ReplayHost : IAsyncDisposable
{
    readonly SettableClock clock;
    readonly LocalRegistry registry;
    readonly LocalAwsServer server;
    readonly EmbeddedFunctions functions;
    int invocations;

    ReplayHost(SettableClock clock, LocalRegistry registry, LocalAwsServer server, Settings settings)
    {
        this.clock = clock;
        this.registry = registry;
        this.server = server;
        functions = new EmbeddedFunctions(registry, server.Url, settings, clock);
    }

    public static async Task<ReplayHost> SetAsync(
        string account, string region, Settings settings, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var clock = new SettableClock(start);
        var registry = new LocalRegistry(new LocalRegistryOptions { AccountId = account, Region = region }, clock);
        var server = await LocalAwsServer.StartAsync(registry, cancellationToken: cancellationToken);
        return new ReplayHost(clock, registry, server, settings);
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

    public IReadOnlyList<RepositorySummary> Summary() => functions.Summary();

    public async ValueTask DisposeAsync()
    {
        await functions.DisposeAsync();
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
        if (functions.Add(push.Repository) && registry.Images(push.Repository) is [])
            registry.CreateRepository(push.Repository);

        functions.Count(push.Repository);
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
            functions.Count(detail.RepositoryName);
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

    Task<HandledPush> HandleAsync(CloudWatchEvent<ImageAction> evt, DateTimeOffset at)
    {
        var arn = $"arn:aws:lambda:{registry.Options.Region}:{registry.Options.AccountId}:function:replay";
        return functions.HandleAsync(evt, at, new EmbeddedContext($"replay-{++invocations}", arn, TimeSpan.FromMinutes(15)));
    }
}
