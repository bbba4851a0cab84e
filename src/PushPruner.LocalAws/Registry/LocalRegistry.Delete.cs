namespace PushPruner.LocalAws;

public sealed partial class LocalRegistry
{
    internal BatchDeleteImageAnswer Apply(BatchDeleteImageCall call)
    {
        var repository = Repository(call);
        Constraint.Present(call.ImageIds, "imageIds");
        Constraint.Count(call.ImageIds, "imageIds", 1, 100);
        var guards = GuardsAtTheStart(repository, call.ImageIds);
        var deleted = new List<EcrImageId>();
        var failures = new List<ImageFailure>();
        foreach (var id in call.ImageIds)
        {
            if (WhyNot(repository, id) is { } failure)
                failures.Add(failure);
            else
                Delete(repository, id, guards, deleted, failures);
        }

        return new() { ImageIds = deleted, Failures = failures };
    }

    /// <summary>
    /// A call with a manifest list and its members deletes the list and refuses the members, because ECR judges by the state at its start.
    /// They can go in the next call.
    /// </summary>
    Dictionary<string, string[]> GuardsAtTheStart(StoredRepository repository, IReadOnlyList<EcrImageId> ids)
    {
        var guards = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var image in ids.Select(repository.Find).OfType<StoredImage>())
        {
            // A manifest that names itself, or is part of a circle, is guarded like any other.
            if (repository.OwnersOf(image.Digest) is { Count: > 0 } owners && (options.NestedListsAreGuarded || !image.IsManifestList))
                guards[image.Digest] = [.. owners];
        }

        return guards;
    }

    void Delete(
        StoredRepository repository,
        EcrImageId id,
        Dictionary<string, string[]> guards,
        List<EcrImageId> deleted,
        List<ImageFailure> failures)
    {
        var image = repository.Find(id)!;
        var takesTagOnly = id.ImageTag is not null && (id.ImageDigest is null || options.PairDelete == PairDelete.TagOnly);

        // Deletes one of several tags. The last tag deletes the image, which is refused while a manifest list names it.
        if (takesTagOnly && image.Tags.Count > 1)
        {
            repository.Untag(image, id.ImageTag!);
            deleted.Add(EcrImageId.Pair(image.Digest, id.ImageTag!));
            events.DeleteTag(repository.Detail.RepositoryName, image, id.ImageTag!, clock.GetUtcNow());
            return;
        }

        if (guards.TryGetValue(image.Digest, out var owners))
        {
            failures.Add(ImageFailures.Referenced(id, owners));
            return;
        }

        // By digest it is deleted with all its tags: the answer has an id for each, or the digest alone.
        repository.Remove(image);
        deleted.AddRange(Rows(image, image.Tags));
        events.Delete(repository.Detail.RepositoryName, image, clock.GetUtcNow());
    }

    ImageFailure? WhyNot(StoredRepository repository, EcrImageId id)
    {
        switch (id)
        {
            case { ImageDigest: null, ImageTag: null }:
                return ImageFailures.NoDigestAndNoTag(id);
            case { ImageDigest: { } digest } when !Constraint.IsDigest(digest):
                return ImageFailures.InvalidDigest(id);
            case { ImageTag: { } tag } when !Constraint.IsImageTag(tag):
                return ImageFailures.InvalidTag(id);
            default:
                return repository.Find(id) is null ? WhyNotFound(repository, id) : null;
        }
    }

    ImageFailure WhyNotFound(StoredRepository repository, EcrImageId id)
    {
        if (id is not { ImageDigest: { } digest, ImageTag: { } tag } || !repository.Has(digest))
            return ImageFailures.NotFound(id);

        // The tag has moved to another image, or exists nowhere: what the latter gives is not documented.
        return repository.TryGetTagged(tag, out _) || options.UnknownTagOfPair == UnknownTagOfPair.ImageTagDoesNotMatchDigest
            ? ImageFailures.TagDoesNotMatch(id)
            : ImageFailures.NotFound(id);
    }
}
