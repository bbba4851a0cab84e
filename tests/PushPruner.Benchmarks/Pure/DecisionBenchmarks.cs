using BenchmarkDotNet.Attributes;
using PushPruner.Policies;
using PushPruner.Rules;

namespace PushPruner.Benchmarks.Pure;

/// <summary>
/// The decision of a reconcile on all manifests of a repository. One in ten images is past both windows, one in ten is protected.
/// </summary>
public class DecisionBenchmarks
{
    const int ManifestsOfAMultiArchImage = 5;

    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly RetentionPolicy Policy = new() { ProtectTags = WildcardSet.Of("latest", "release-*") };

    IReadOnlyList<KnownManifest> single = [];
    IReadOnlyList<KnownManifest> multiArch = [];

    [Params(100, 10_000, 100_000)]
    public int Manifests { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        single =
        [
            .. Enumerable
                .Range(0, Manifests)
                .Select(n => new KnownManifest(Image(n, MediaTypes.OciManifest, Manifests), ManifestHistory.None)),
        ];
        multiArch = [.. Enumerable.Range(0, Manifests / ManifestsOfAMultiArchImage).SelectMany(Release)];
    }

    [Benchmark]
    public IReadOnlyList<Verdict> SingleArch() => Retention.Decide(Policy, Now, single, Scope.WholeRepository);

    [Benchmark]
    public IReadOnlyList<Verdict> MultiArch() => Retention.Decide(Policy, Now, multiArch, Scope.WholeRepository);

    IEnumerable<KnownManifest> Release(int number)
    {
        var index = Image(number, MediaTypes.OciIndex, Manifests / ManifestsOfAMultiArchImage);
        var members = Enumerable.Range(1, ManifestsOfAMultiArchImage - 1)
            .Select(n => index with { Digest = DigestOf((n * 1_000_000) + number), Tags = [], MediaType = MediaTypes.OciManifest })
            .ToList();
        yield return new KnownManifest(index, ManifestHistory.None with { Members = DigestSet.Of(members.Select(m => m.Digest)) });
        foreach (var member in members)
            yield return new KnownManifest(member, ManifestHistory.None with { Owners = DigestSet.Of(index.Digest), WasMember = true });
    }

    static Manifest Image(int number, string mediaType, int of) => new()
    {
        Digest = DigestOf(number),
        Tags = [number % 10 == 0 ? $"release-{number}" : $"build-{number}"],
        PushedAt = Now.AddDays(number < of / 10 ? -60 : -20).AddSeconds(number),
        Bytes = 25_000_000,
        MediaType = mediaType,
    };

    // Digests as they are: spread, and alike in nothing but their beginning.
    static Digest DigestOf(int number) => Digest.Parse($"sha256:{unchecked((uint)number * 2_654_435_761u):x8}{number:x56}");
}
