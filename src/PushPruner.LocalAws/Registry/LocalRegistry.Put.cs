using System.Text.Json;

namespace PushPruner.LocalAws;

public sealed partial class LocalRegistry
{
    internal PutImageAnswer Apply(PutImageCall call)
    {
        var repository = Repository(call);
        CheckPut(call);
        var text = call.ImageManifest!;
        var digest = ManifestFacts.DigestOf(text);
        if (call.ImageDigest is { } claimed && !string.Equals(claimed, digest, StringComparison.Ordinal))
        {
            throw new EcrError(
                "ImageDigestDoesNotMatchException",
                $"The provided image digest '{claimed}' does not match the digest '{digest}' calculated by ECR for the image");
        }

        var image = repository.TryGet(digest, out var present) ? present : Pushed(repository, call, text, digest);
        var isArchived = present is { Status: "ARCHIVED" };
        var changesTag = call.ImageTag is { } tag && !image.Tags.Contains(tag, StringComparer.Ordinal);

        // A push that changes nothing fails. What the push of an archived image changes is that it is restored.
        if (present is not null && !isArchived && !changesTag)
        {
            if (options.IdenticalPutSendsEvent)
                events.Push(repository.Detail.RepositoryName, image, call.ImageTag, clock.GetUtcNow());
            throw AlreadyExists(repository, digest, call.ImageTag);
        }

        if (changesTag)
            MoveTag(repository, image, call.ImageTag!);
        if (present is null)
            repository.Add(image);
        if (isArchived)
            RestoreByPush(repository, image);
        return new()
        {
            Image = Record(repository, image, text, call.ImageTag),
            Event = present is null || options.RetagSendsEvent
                ? events.Push(repository.Detail.RepositoryName, image, call.ImageTag, clock.GetUtcNow())
                : null,
        };
    }

    static void CheckPut(PutImageCall call)
    {
        Constraint.Present(call.ImageManifest, "imageManifest");
        Constraint.Length(call.ImageManifest, "imageManifest", 1, 4 * 1024 * 1024);
        if (call.ImageTag is { } tag)
        {
            Constraint.Length(tag, "imageTag", 1, 300);
            if (!Constraint.IsImageTag(tag))
                throw EcrError.InvalidParameter("imageTag", "must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,299}'");
        }
    }

    StoredImage Pushed(StoredRepository repository, PutImageCall call, string text, string digest)
    {
        var facts = Read(call, text);
        var missing = facts.Members.Where(member => !repository.Has(member)).ToList();

        // The members of a manifest list must be there first. Layers are not checked, because this registry has none.
        if (missing.Count > 0)
        {
            throw new EcrError(
                "ReferencedImagesNotFoundException",
                $"Images with digests '[{string.Join(", ", missing)}]' required for pushing image into repository with name "
                + $"'{call.RepositoryName}' in the registry with id '{options.AccountId}' do not exist");
        }

        return new(digest)
        {
            Manifest = text,
            MediaType = facts.MediaType ?? call.ImageManifestMediaType,
            ArtifactMediaType = facts.ArtifactMediaType(options.ArtifactMediaType),
            SubjectDigest = facts.SubjectDigest,
            Members = facts.Members,
            // The size of a manifest list is that of its largest member, not zero and not a sum.
            SizeInBytes = facts.IsManifestList
                ? facts.Members.Select(member => repository.TryGet(member, out var image) ? image.SizeInBytes : null).Max() ?? 0
                : facts.ContentSize,
            PushedAt = Now(),
            ArrivedAt = clock.GetUtcNow(),
        };
    }

    static ManifestFacts Read(PutImageCall call, string text)
    {
        ManifestFacts facts;
        try
        {
            facts = ManifestFacts.Read(text);
        }
        catch (JsonException)
        {
            throw EcrError.InvalidParameter("imageManifest", "Invalid JSON syntax");
        }

        if ((facts.MediaType ?? call.ImageManifestMediaType) is null)
            throw EcrError.InvalidParameter("imageManifestMediaType", "must be given for a manifest without mediaType");
        if (facts.MediaType is { } own && call.ImageManifestMediaType is { } given && !string.Equals(own, given, StringComparison.Ordinal))
            throw EcrError.InvalidParameter("imageManifestMediaType", $"must be the mediaType of the manifest, {own}");
        return facts;
    }

    void MoveTag(StoredRepository repository, StoredImage image, string tag)
    {
        if (repository.TryGetTagged(tag, out _) && IsImmutable(repository.Detail, tag))
        {
            throw new EcrError(
                "ImageTagAlreadyExistsException",
                $"The image tag '{tag}' already exists in the '{repository.Detail.RepositoryName}' repository and cannot be overwritten "
                + "because the tag is immutable.");
        }

        if (image.Tags.Count >= 1000)
            throw new EcrError("LimitExceededException", "The maximum number of tags per image (1000) has been exceeded");

        // A moved tag changes no push time. The image that had it stays, perhaps untagged.
        repository.Tag(image, tag, clock.GetUtcNow());
    }

    EcrError AlreadyExists(StoredRepository repository, string digest, string? tag) => new(
        "ImageAlreadyExistsException",
        $"Image with digest '{digest}' and tag '{tag ?? "null"}' already exists in the repository with name "
        + $"'{repository.Detail.RepositoryName}' in registry with id '{options.AccountId}'");

    ImageRecord Record(StoredRepository repository, StoredImage image, string manifest, string? tag) => new()
    {
        RegistryId = options.AccountId,
        RepositoryName = repository.Detail.RepositoryName,
        ImageId = new() { ImageDigest = image.Digest, ImageTag = tag },
        ImageManifest = manifest,
        ImageManifestMediaType = image.MediaType ?? "",
    };
}
