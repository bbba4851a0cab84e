using System.Globalization;
using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Benchmarks.Loads;

/// <summary>CI: it pushes into repositories, and knows what it pushed.</summary>
sealed class Pushed(LocalRegistry registry, int repositories, bool isMultiArch)
{
    readonly Lock gate = new();
    readonly Dictionary<string, List<(string Digest, DateTimeOffset At)>> pushes = new(StringComparer.Ordinal);
    int count;

    public IReadOnlyList<string> Repositories { get; } =
        [.. Enumerable.Range(0, repositories).Select(n => $"load/{n.ToString(CultureInfo.InvariantCulture)}")];

    /// <returns>Its events, which ECR sends all at once.</returns>
    public IReadOnlyList<RegistryEvent> Push(string repository)
    {
        lock (gate)
        {
            // Not build-386 or the like: a tag that ends in a platform's name proves no image before the next reconcile.
            var tag = $"1.{(++count).ToString(CultureInfo.InvariantCulture)}.0";
            var parts = isMultiArch ? PartsOf(tag) : [];
            var image = isMultiArch ? ManifestFactory.ManifestList(parts) : ManifestFactory.Image(tag);
            RegistryEvent[] events =
            [
                .. parts.Select(part => registry.PutImage(part.Put(repository)).Event!),
                registry.PutImage(image.Put(repository, tag)).Event!,
            ];
            var at = registry.Images(repository).First(i => i.Digest == image.Digest).PushedAt!.Value;
            if (!pushes.TryGetValue(repository, out var of))
                pushes.Add(repository, of = []);
            of.Add((image.Digest, at));
            return events;
        }
    }

    // As buildx does: two platforms, and an attestation for each.
    static IReadOnlyList<LocalManifest> PartsOf(string tag)
    {
        LocalManifest[] platforms = [ManifestFactory.Image($"{tag}/amd64"), ManifestFactory.Image($"{tag}/arm64", 1_000, "linux/arm64")];
        return [.. platforms, .. platforms.Select(ManifestFactory.Attestation)];
    }

    /// <summary>What is there by a full listing, against the rule.</summary>
    /// <param name="due">What had expired by then should be gone.</param>
    /// <param name="now">What has expired by now may be.</param>
    /// <returns>Expired images that are still there, and images that the rule keeps and that are gone.</returns>
    public (int Left, int Lost) Compare(RetentionPolicy policy, DateTimeOffset due, DateTimeOffset now)
    {
        var (left, lost) = (0, 0);
        foreach (var (repository, of) in pushes)
        {
            var there = registry.Images(repository).Select(i => i.Digest).ToHashSet(StringComparer.Ordinal);
            var older = of.OrderByDescending(p => p.At).ThenBy(p => p.Digest, StringComparer.Ordinal).Skip(policy.KeepNewest).ToList();
            left += older.Count(p => p.At < due - policy.KeepFor && there.Contains(p.Digest));
            lost += of.Except(older).Concat(older.Where(p => p.At >= now - policy.KeepFor)).Count(p => !there.Contains(p.Digest));
        }

        return (left, lost);
    }
}
