using System.Text;
using Amazon.Lambda.CloudWatchEvents;
using BenchmarkDotNet.Attributes;
using PushPruner.Jobs;
using PushPruner.Lambda;
using PushPruner.Lambda.Events;
using PushPruner.LocalAws;

namespace PushPruner.Benchmarks.Pure;

/// <summary>An event in, an answer out, by the function's own serializer.</summary>
public class EventBenchmarks
{
    static readonly FunctionSerializer Serializer = new();

    byte[] evt = [];
    PruneResult result = new() { Outcome = Outcome.NothingExpired };

    [GlobalSetup]
    public void Push()
    {
        var registry = new LocalRegistry(new LocalRegistryOptions(), TimeProvider.System);
        registry.CreateRepository("team/app");
        evt = Encoding.UTF8.GetBytes(registry.PutImage(ManifestFactory.Image("1.0").Put("team/app", "1.0")).Event!.Json);
        result = result with { Repository = "team/app", Digest = ManifestFactory.Image("1.0").Digest };
    }

    [Benchmark]
    public CloudWatchEvent<ImageAction> ReadEvent()
    {
        using var stream = new MemoryStream(evt);
        return Serializer.Deserialize<CloudWatchEvent<ImageAction>>(stream);
    }

    [Benchmark]
    public long WriteAnswer()
    {
        using var stream = new MemoryStream();
        Serializer.Serialize(result, stream);
        return stream.Length;
    }
}
