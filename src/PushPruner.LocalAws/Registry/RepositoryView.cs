namespace PushPruner.LocalAws;

/// <summary>A repository as a read sees it: as it is, or without what was pushed and tagged since an instant.</summary>
sealed class RepositoryView(StoredRepository repository, DateTimeOffset? asOf, bool showsEveryPush)
{
    internal RepositoryDetail Detail => repository.Detail;

    internal IReadOnlyCollection<string> TagsOf(StoredImage image) => asOf is { } at ? image.TagsAt(at) : image.Tags;

    internal StoredImage? Find(EcrImageId id)
    {
        if (asOf is null)
            return repository.Find(id);

        var image = id.ImageDigest is { } digest
            ? repository.TryGet(digest, out var named) && Shows(named) ? named : null
            : After(null).FirstOrDefault(each => Has(each, id.ImageTag));
        return image is not null && (id.ImageTag is null || Has(image, id.ImageTag)) ? image : null;
    }

    internal IEnumerable<StoredImage> After(string? digest, bool inclusive = false) => repository.After(digest, inclusive).Where(Shows);

    bool Shows(StoredImage image) => asOf is null || showsEveryPush || !(image.ArrivedAt > asOf);

    bool Has(StoredImage image, string? tag) => tag is not null && TagsOf(image).Contains(tag, StringComparer.Ordinal);
}
