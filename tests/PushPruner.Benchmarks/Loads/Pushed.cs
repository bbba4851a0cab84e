using System.Globalization;
using PushPruner.LocalAws;

namespace PushPruner.Benchmarks.Loads;

/// <summary>CI: it pushes into repositories, and knows what it pushed.</summary>
sealed class Pushed(LocalRegistry registry, int repositories)
{
    readonly Lock gate = new();
    readonly Dictionary<string, List<(string Digest, DateTimeOffset At)>> pushes = new(StringComparer.Ordinal);
    int count;

    public IReadOnlyList<string> Repositories { get; } =
        [.. Enumerable.Range(0, repositories).Select(n => $"load/{n.ToString(CultureInfo.InvariantCulture)}")];

    public RegistryEvent Push(string repository)
    {
        lock (gate)
        {
            // Not build-386 or the like: a tag that ends in a platform's name proves no image before the next reconcile.
            var tag = $"1.{(++count).ToString(CultureInfo.InvariantCulture)}.0";
            var evt = registry.PutImage(ManifestFactory.Image(tag).Put(repository, tag)).Event!;
            var at = registry.Images(repository).First(i => i.Digest == evt.Digest).PushedAt!.Value;
            if (!pushes.TryGetValue(repository, out var of))
                pushes.Add(repository, of = []);
            of.Add((evt.Digest, at));
            return evt;
        }
    }

    /// <summary>What is there by a full listing, against the rule.</summary>
    /// <returns>Expired images that are still there, and images that the rule keeps and that are gone.</returns>
    public (int Left, int Lost) Compare(int keepNewest)
    {
        var (left, lost) = (0, 0);
        foreach (var (repository, of) in pushes)
        {
            var there = registry.Images(repository).Select(i => i.Digest).ToHashSet(StringComparer.Ordinal);
            var kept = of.OrderByDescending(p => p.At).ThenBy(p => p.Digest, StringComparer.Ordinal).Take(keepNewest).Select(p => p.Digest).ToList();
            lost += kept.Count(k => !there.Contains(k));
            left += there.Except(kept, StringComparer.Ordinal).Count();
        }

        return (left, lost);
    }
}
