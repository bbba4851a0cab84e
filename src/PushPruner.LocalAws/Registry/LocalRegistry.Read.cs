namespace PushPruner.LocalAws;

public sealed partial class LocalRegistry
{
    internal DescribeImagesAnswer Apply(DescribeImagesCall call)
    {
        var repository = View(Repository(call));
        Constraint.Count(call.ImageIds, "imageIds", 1, 100);
        Constraint.MaxResults(call.MaxResults);
        Constraint.Filter(call.Filter);
        if (call.ImageIds is { } ids)
        {
            if (call.NextToken is not null || call.MaxResults is not null)
                throw EcrError.InvalidParameter("nextToken", "nextToken and maxResults cannot be used with imageIds");
            return new() { ImageDetails = DescribeById(repository, ids, call.Filter) };
        }

        var (from, _) = PageToken.Read(call.NextToken, call.Operation);
        var page = new Page<ImageDetail>(call.MaxResults ?? 100, options.FilteredPages);
        foreach (var image in repository.After(from))
        {
            if (page.IsFull)
                return new() { ImageDetails = page.Rows, NextToken = page.TokenFor(call.Operation) };
            var passes = image.Passes(call.Filter, repository.TagsOf(image).Count);
            page.Scan(EcrImageId.Digest(image.Digest), passes, () => Detail(repository, image));
        }

        return new() { ImageDetails = page.Rows };
    }

    internal ListImagesAnswer Apply(ListImagesCall call)
    {
        var repository = View(Repository(call));
        Constraint.MaxResults(call.MaxResults);
        Constraint.Filter(call.Filter);
        var (from, fromTag) = PageToken.Read(call.NextToken, call.Operation);
        var page = new Page<EcrImageId>(call.MaxResults ?? 100, options.FilteredPages);
        foreach (var image in repository.After(from, inclusive: fromTag is not null))
        {
            var tags = repository.TagsOf(image);
            foreach (var row in Rows(image, tags).Where(row => IsAfter(row, from, fromTag)))
            {
                if (page.IsFull)
                    return new() { ImageIds = page.Rows, NextToken = page.TokenFor(call.Operation) };
                page.Scan(row, image.Passes(call.Filter, tags.Count), () => row);
            }
        }

        return new() { ImageIds = page.Rows };
    }

    internal BatchGetImageAnswer Apply(BatchGetImageCall call)
    {
        var repository = Repository(call);
        Constraint.Present(call.ImageIds, "imageIds");
        Constraint.Count(call.ImageIds, "imageIds", 1, 100);
        Constraint.Count(call.AcceptedMediaTypes, "acceptedMediaTypes", 1, 100);
        var view = View(repository);
        var found = new List<ImageRecord>();
        var failures = new List<ImageFailure>();
        foreach (var id in call.ImageIds)
        {
            var image = view.Find(id);
            var failure = WhyNot(repository, id)
                ?? (image is null ? ImageFailures.NotFound(id) : WhyUnreadable(image, id, call.AcceptedMediaTypes));
            if (image is null || failure is not null)
            {
                failures.Add(failure!);
                continue;
            }

            // Reading a manifest counts as a pull. The recorded time may lag: it is refreshed at least once in 24 hours.
            if (call.IsPull && (image.LastPulledAt is not { } pulled || Now() - pulled >= options.PullTimeLag))
                image.LastPulledAt = Now();
            found.Add(Record(repository, image, image.Manifest!, id.ImageTag));
        }

        return new() { Images = found, Failures = failures };
    }

    // Writes never ask this: they act on what is there.
    RepositoryView View(StoredRepository repository) =>
        new(repository, lag is null ? null : clock.GetUtcNow() - lag.By, lag is { OfTagsOnly: true });

    List<ImageDetail> DescribeById(RepositoryView repository, IReadOnlyList<EcrImageId> ids, ImageFilter? filter)
    {
        var images = new List<StoredImage>();
        foreach (var id in ids)
        {
            // One missing image fails the whole call. The answer does not say which others exist.
            var image = repository.Find(id) ?? throw EcrError.ImageNotFound(id, repository.Detail.RepositoryName, options.AccountId);
            if (image.Passes(filter, repository.TagsOf(image).Count) || options.FilteredId == FilteredId.Described)
                images.Add(image);
            else if (options.FilteredId == FilteredId.NotFound)
                throw EcrError.ImageNotFound(id, repository.Detail.RepositoryName, options.AccountId);
        }

        return [.. images.Distinct().OrderBy(image => image.Digest, StringComparer.Ordinal).Select(image => Detail(repository, image))];
    }

    ImageFailure? WhyUnreadable(StoredImage image, EcrImageId id, IReadOnlyList<string>? accepted)
    {
        if (image.Status is not "ACTIVE")
            return ImageFailures.NotFound(id); // An archived image can't be pulled: 404.
        if (accepted?.Contains(image.MediaType, StringComparer.Ordinal) is false
            && options.UnacceptedMediaType == UnacceptedMediaType.ImageNotFound)
        {
            return ImageFailures.NotFound(id);
        }

        return image.Manifest is null ? ImageFailures.Inaccessible(id) : null;
    }

    // One row a tag; an untagged image has one with its digest alone.
    static IEnumerable<EcrImageId> Rows(StoredImage image, IReadOnlyCollection<string> tags) => tags.Count == 0
        ? [EcrImageId.Digest(image.Digest)]
        : tags.Select(tag => EcrImageId.Pair(image.Digest, tag));

    static bool IsAfter(EcrImageId row, string? digest, string? tag) =>
        !string.Equals(row.ImageDigest, digest, StringComparison.Ordinal) || string.CompareOrdinal(row.ImageTag, tag) > 0;

    ImageDetail Detail(RepositoryView repository, StoredImage image) => new()
    {
        RegistryId = options.AccountId,
        RepositoryName = repository.Detail.RepositoryName,
        ImageDigest = image.Digest,
        ImageTags = repository.TagsOf(image) is { Count: > 0 } tags ? [.. tags] : null,
        ImageSizeInBytes = image.SizeInBytes,
        ImagePushedAt = image.PushedAt,
        ImageManifestMediaType = image.MediaType,
        ArtifactMediaType = image.ArtifactMediaType,
        LastRecordedPullTime = image.LastPulledAt,
        SubjectManifestDigest = image.SubjectDigest,
        ImageStatus = image.Status,
        LastArchivedAt = image.LastArchivedAt,
        LastActivatedAt = image.LastActivatedAt,
    };
}
