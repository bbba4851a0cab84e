namespace PushPruner.LocalAws;

public sealed partial class LocalRegistry
{
    readonly List<(StoredRepository Repository, StoredImage Image, DateTimeOffset DueAt)> restores = [];

    internal UpdateImageStorageClassAnswer Apply(UpdateImageStorageClassCall call)
    {
        var repository = Repository(call);
        Constraint.Present(call.ImageId, "imageId");
        Constraint.Present(call.TargetStorageClass, "targetStorageClass");
        Constraint.OneOf(call.TargetStorageClass, "targetStorageClass", Constraint.StorageClasses);
        var image = repository.Find(call.ImageId)
            ?? throw EcrError.ImageNotFound(call.ImageId, repository.Detail.RepositoryName, options.AccountId);
        if (call.TargetStorageClass is "ARCHIVE" && image.Status is "ACTIVE")
            Archive(repository, image);
        else if (call.TargetStorageClass is "STANDARD" && image.Status is "ARCHIVED")
            Restore(repository, image);
        return new()
        {
            RegistryId = options.AccountId,
            RepositoryName = repository.Detail.RepositoryName,
            ImageId = EcrImageId.Digest(image.Digest),
            ImageStatus = image.Status,
        };
    }

    // Archiving is done at once, restoring takes its time.
    void Archive(StoredRepository repository, StoredImage image)
    {
        image.Status = "ARCHIVED";
        image.LastArchivedAt = Now();
        events.StorageClass(repository.Detail.RepositoryName, image, "ARCHIVE", clock.GetUtcNow());
    }

    void Restore(StoredRepository repository, StoredImage image)
    {
        if (image.Status is not "ARCHIVED")
            return;
        image.Status = "ACTIVATING";
        restores.Add((repository, image, Now() + options.RestoreTakes));
        EndRestores();
    }

    void RestoreByPush(StoredRepository repository, StoredImage image)
    {
        if (options.RestoringPushMovesPushedAt)
            image.PushedAt = Now();
        Restore(repository, image);
    }

    /// <summary>Ends the restores whose time has come. No caller can notice before the next call, so that is when it runs.</summary>
    void EndRestores()
    {
        var now = Now();
        foreach (var (repository, image, dueAt) in restores.Where(restore => restore.DueAt <= now).ToList())
        {
            if (!repository.TryGet(image.Digest, out var present) || present != image)
                continue;
            image.Status = "ACTIVE";
            image.LastActivatedAt = dueAt;
            events.StorageClass(repository.Detail.RepositoryName, image, "STANDARD", dueAt);
        }

        restores.RemoveAll(restore => restore.DueAt <= now);
    }
}
