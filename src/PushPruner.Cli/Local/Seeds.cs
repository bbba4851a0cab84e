using PushPruner.LocalAws;

namespace PushPruner.Cli.Local;

/// <summary>What repositories hold before the first push, gathered from several files.</summary>
sealed class Seeds
{
    readonly SortedDictionary<string, Dictionary<string, SeededImage>> repositories = new(StringComparer.Ordinal);

    public IEnumerable<(string Repository, IReadOnlyCollection<SeededImage> Images)> All =>
        repositories.Select(r => (r.Key, (IReadOnlyCollection<SeededImage>)r.Value.Values));

    /// <summary>Adds an image that has its digest. One that is there already only gets the tags, as in a registry; they leave the images that had them.</summary>
    public void Add(string repository, SeededImage image)
    {
        if (!repositories.TryGetValue(repository, out var images))
            repositories.Add(repository, images = new(StringComparer.Ordinal));

        foreach (var other in images.Values.Where(i => i.Tags.Intersect(image.Tags, StringComparer.Ordinal).Any()).ToList())
            images[other.Digest!] = other with { Tags = [.. other.Tags.Except(image.Tags, StringComparer.Ordinal)] };

        images[image.Digest!] = images.TryGetValue(image.Digest!, out var there)
            ? there with { Tags = [.. there.Tags, .. image.Tags] }
            : image;
    }
}
