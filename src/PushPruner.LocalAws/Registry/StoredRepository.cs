using System.Diagnostics.CodeAnalysis;

namespace PushPruner.LocalAws;

sealed class StoredRepository(RepositoryDetail detail)
{
    readonly Dictionary<string, StoredImage> images = new(StringComparer.Ordinal);
    readonly Dictionary<string, StoredImage> byTag = new(StringComparer.Ordinal);
    readonly Dictionary<string, SortedSet<string>> owners = new(StringComparer.Ordinal);
    readonly SortedSet<string> digests = new(StringComparer.Ordinal);

    internal RepositoryDetail Detail { get; } = detail;

    internal SortedDictionary<string, string> ResourceTags { get; } = new(StringComparer.Ordinal);

    internal int Count => images.Count;

    internal bool Has(string digest) => images.ContainsKey(digest);

    internal bool TryGet(string digest, [NotNullWhen(true)] out StoredImage? image) => images.TryGetValue(digest, out image);

    internal bool TryGetTagged(string tag, [NotNullWhen(true)] out StoredImage? image) => byTag.TryGetValue(tag, out image);

    /// <summary>By digest or by tag; a pair only where the tag is on the digest.</summary>
    internal StoredImage? Find(EcrImageId id)
    {
        var image = id switch
        {
            { ImageDigest: { } digest } => images.GetValueOrDefault(digest),
            { ImageTag: { } tag } => byTag.GetValueOrDefault(tag),
            _ => null,
        };
        return id is { ImageDigest: not null, ImageTag: { } also } && image?.Tags.Contains(also, StringComparer.Ordinal) is false
            ? null
            : image;
    }

    /// <summary>The manifest lists of this repository that name a manifest now.</summary>
    internal IReadOnlyCollection<string> OwnersOf(string digest) => owners.TryGetValue(digest, out var found) ? found : [];

    /// <summary>
    /// In the order of digests: deterministic, and of no use to anyone who hopes for order by time (ECR documents none).
    /// Starts after a digest, so that pages are right whatever is pushed or deleted between them.
    /// </summary>
    internal IEnumerable<StoredImage> After(string? digest, bool inclusive = false)
    {
        if (string.CompareOrdinal(digest, LastDigest) > 0)
            yield break;
        var rest = digest is null ? digests : digests.GetViewBetween(digest, LastDigest);
        foreach (var each in rest)
        {
            if (inclusive || !string.Equals(each, digest, StringComparison.Ordinal))
                yield return images[each];
        }
    }

    internal void Add(StoredImage image)
    {
        images.Add(image.Digest, image);
        digests.Add(image.Digest);
        foreach (var member in image.Members)
        {
            if (!owners.TryGetValue(member, out var of))
                owners.Add(member, of = new(StringComparer.Ordinal));
            of.Add(image.Digest);
        }
    }

    internal void Remove(StoredImage image)
    {
        foreach (var tag in image.Tags)
            byTag.Remove(tag);
        images.Remove(image.Digest);
        digests.Remove(image.Digest);
        foreach (var member in image.Members)
        {
            if (owners.TryGetValue(member, out var of) && of.Remove(image.Digest) && of.Count == 0)
                owners.Remove(member);
        }
    }

    /// <summary>Puts a tag on an image. The image that had the tag loses it, and keeps its push time.</summary>
    /// <param name="image">The image that gets it.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="at">When, by the registry's clock; null makes it a tag of old.</param>
    internal void Tag(StoredImage image, string tag, DateTimeOffset? at = null)
    {
        var former = byTag.GetValueOrDefault(tag);
        if (former == image)
            return;

        former?.LoseTag(tag, at);
        byTag[tag] = image;
        image.AddTag(tag, at);
    }

    internal void Untag(StoredImage image, string tag)
    {
        byTag.Remove(tag);
        image.RemoveTag(tag);
    }

    // Greater than any "algorithm:hex" in ordinal order.
    const string LastDigest = "~";
}
