using PushPruner.LocalAws;

namespace PushPruner.Cli.Local;

/// <summary>What repositories hold before the first push, gathered from several files.</summary>
sealed class Seeds
{
    readonly SortedDictionary<string, Shelf> repositories = new(StringComparer.Ordinal);

    public IEnumerable<(string Repository, IReadOnlyCollection<SeededImage> Images)> All =>
        repositories.Select(r => (r.Key, (IReadOnlyCollection<SeededImage>)r.Value.Images.Values));

    public int Count => repositories.Values.Sum(s => s.Images.Count);

    /// <summary>
    /// Adds an image that has its digest. One that is there already only gets the tags, as in a registry; they leave the images that had
    /// them.
    /// </summary>
    public void Add(string repository, SeededImage image)
    {
        if (!repositories.TryGetValue(repository, out var shelf))
            repositories.Add(repository, shelf = new Shelf());

        foreach (var tag in image.Tags)
        {
            // Looked up and not looked for: a repository may have 100,000 images.
            if (shelf.Tagged.TryGetValue(tag, out var bearer) && bearer != image.Digest)
                shelf.Images[bearer] = shelf.Images[bearer] with { Tags = [.. shelf.Images[bearer].Tags.Where(t => t != tag)] };
            shelf.Tagged[tag] = image.Digest!;
        }

        shelf.Images[image.Digest!] = shelf.Images.TryGetValue(image.Digest!, out var there)
            ? there with { Tags = [.. there.Tags.Union(image.Tags, StringComparer.Ordinal)] }
            : image;
    }

    sealed class Shelf
    {
        public Dictionary<string, SeededImage> Images { get; } = new(StringComparer.Ordinal);

        /// <summary>The digest of the image that has a tag now.</summary>
        public Dictionary<string, string> Tagged { get; } = new(StringComparer.Ordinal);
    }
}
