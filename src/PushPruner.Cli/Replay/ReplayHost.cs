using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Amazon.Lambda.CloudWatchEvents;
using PushPruner.Cli.Embedded;
using PushPruner.Lambda;
using PushPruner.Lambda.Events;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Replay;

/// <summary>The embedded functions, and a clock that follows the history.</summary>
sealed class ReplayHost : IAsyncDisposable
{
    readonly SettableClock clock;
    readonly LocalRegistry registry;
    readonly EmbeddedHost functions;
    int invocations;

    ReplayHost(SettableClock clock, LocalRegistry registry, EmbeddedHost functions) =>
        (this.clock, this.registry, this.functions) = (clock, registry, functions);

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The host owns its functions.")]
    public static async Task<ReplayHost> SetAsync(
        string account, string region, Settings settings, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var clock = new SettableClock(start);
        var registry = new LocalRegistry(new LocalRegistryOptions { AccountId = account, Region = region }, clock);
        return new ReplayHost(clock, registry, await EmbeddedHost.StartAsync(registry, port: 0, settings, clock, cancellationToken));
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

    public ValueTask DisposeAsync() => functions.DisposeAsync();

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
        var (account, region) = (registry.Options.AccountId, registry.Options.Region);
        if (evt.Pushed is var (repository, image) && evt.Content.Account == account && evt.Content.Region == region)
        {
            functions.Count(repository);
            registry.Replicate(repository, image, region);
        }

        yield return evt.Content;
    }

    Task<HandledPush> HandleAsync(CloudWatchEvent<ImageAction> evt, DateTimeOffset at)
    {
        var arn = $"arn:aws:lambda:{registry.Options.Region}:{registry.Options.AccountId}:function:replay";
        return functions.HandleAsync(evt, at, new EmbeddedContext($"replay-{++invocations}", arn, TimeSpan.FromMinutes(15)));
    }
}
