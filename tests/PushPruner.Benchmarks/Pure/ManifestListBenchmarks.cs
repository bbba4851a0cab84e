using BenchmarkDotNet.Attributes;
using PushPruner.LocalAws;

namespace PushPruner.Benchmarks.Pure;

/// <summary>Reading an index, its digest checked.</summary>
public class ManifestListBenchmarks
{
    LocalManifest index = ManifestFactory.Image("none");
    Digest digest;

    [Params(4, 2_000)]
    public int Members { get; set; }

    [GlobalSetup]
    public void Write()
    {
        index = ManifestFactory.ManifestList([.. Enumerable.Range(0, Members).Select(n => ManifestFactory.Image($"member-{n}"))]);
        digest = Digest.Parse(index.Digest);
    }

    [Benchmark]
    public ManifestContent? ReadIndex() => ManifestContent.ReadList(digest, index.Text);
}
