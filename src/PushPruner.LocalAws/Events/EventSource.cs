using System.Collections.Concurrent;
using System.Globalization;

namespace PushPruner.LocalAws;

/// <summary>Makes the events of a registry, and hands them out once the change that caused them is done.</summary>
sealed class EventSource(LocalRegistryOptions options)
{
    const string ImageAction = "ECR Image Action";
    const string ReferrerAction = "ECR Referrer Action";

    readonly IdSequence ids = new("event", options.Seed);
    readonly ConcurrentQueue<RegistryEvent> waiting = new();
    readonly ConcurrentDictionary<object, Action<RegistryEvent>> subscribers = new();

    internal IDisposable Subscribe(Action<RegistryEvent> receive)
    {
        var subscription = new Subscription(subscribers);
        subscribers[subscription] = receive;
        return subscription;
    }

    internal void Flush()
    {
        while (waiting.TryDequeue(out var each))
        {
            foreach (var receive in subscribers.Values)
                receive(each);
        }
    }

    // One event for each tag that is put. Untagged means an empty tag, not an absent one.
    internal RegistryEvent Push(string repository, StoredImage image, string? tag, DateTimeOffset at) => Send(
        image.SubjectDigest is not null && options.ReferrerPushEvent == ReferrerPushEvent.ReferrerAction ? ReferrerAction : ImageAction,
        "PUSH",
        repository,
        image,
        tag,
        at,
        [
            ("result", "SUCCESS"),
            ("repository-name", repository),
            ("image-digest", image.Digest),
            ("action-type", "PUSH"),
            ("artifact-media-type", image.ArtifactMediaType),
            ("image-tag", tag ?? ""),
            ("manifest-media-type", image.MediaType),
        ]);

    internal void Delete(string repository, StoredImage image, DateTimeOffset at)
    {
        if (options.DeleteEvents == DeleteEvents.OnePerTag && image.Tags.Count > 0)
        {
            foreach (var tag in image.Tags)
                Deleted(repository, image, tag, at);
        }
        else if (options.DeleteEvents != DeleteEvents.None)
        {
            Deleted(repository, image, image.Tags.FirstOrDefault(), at);
        }
    }

    /// <summary>A tag was deleted and its image was not. As documented, events are about an image and a tag.</summary>
    internal void DeleteTag(string repository, StoredImage image, string tag, DateTimeOffset at)
    {
        if (options.DeleteEvents == DeleteEvents.OnePerTag)
            Deleted(repository, image, tag, at);
    }

    // No tag at all here; the time of the restore has fractions of a second.
    internal void StorageClass(string repository, StoredImage image, string target, DateTimeOffset at) => Send(
        image.SubjectDigest is not null && target is "STANDARD" ? ReferrerAction : ImageAction,
        "UPDATE_STORAGE_CLASS",
        repository,
        image,
        tag: null,
        at,
        [
            ("action-type", "UPDATE_STORAGE_CLASS"),
            ("target-storage-class", target),
            ("image-digest", image.Digest),
            ("repository-name", repository),
            ("result", "SUCCESS"),
            ("manifest-media-type", image.MediaType),
            ("artifact-media-type", image.ArtifactMediaType),
            (
                "last-activated-at",
                target is "STANDARD" ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture) : null),
        ]);

    // Sent where the image arrives; its resources name the repository.
    internal RegistryEvent Replication(
        string repository,
        StoredImage image,
        string? tag,
        string sourceRegion,
        string sourceAccount,
        DateTimeOffset at) => Send(
        "ECR Replication Action",
        "REPLICATE",
        repository,
        image,
        tag,
        at,
        [
            ("result", "SUCCESS"),
            ("repository-name", repository),
            ("image-digest", image.Digest),
            ("source-account", sourceAccount),
            ("action-type", "REPLICATE"),
            ("source-region", sourceRegion),
            ("image-tag", tag ?? ""),
        ],
        RepositoryArn.Of(options, repository));

    void Deleted(string repository, StoredImage image, string? tag, DateTimeOffset at) => Send(
        ImageAction,
        "DELETE",
        repository,
        image,
        tag,
        at,
        [
            ("result", "SUCCESS"),
            ("repository-name", repository),
            ("image-digest", image.Digest),
            ("action-type", "DELETE"),
            ("image-tag", tag ?? ""),
        ]);

    RegistryEvent Send(
        string detailType,
        string action,
        string repository,
        StoredImage image,
        string? tag,
        DateTimeOffset at,
        IEnumerable<(string Key, string? Value)> detail,
        string? resource = null)
    {
        var id = ids.Next();
        var sent = new RegistryEvent
        {
            Id = id,
            DetailType = detailType,
            ActionType = action,
            Repository = repository,
            Digest = image.Digest,
            Tag = tag,
            At = at,
            Json = EventText.Of(options, id, detailType, at, resource, detail),
        };
        waiting.Enqueue(sent);
        return sent;
    }

    sealed class Subscription(ConcurrentDictionary<object, Action<RegistryEvent>> subscribers) : IDisposable
    {
        public void Dispose() => subscribers.TryRemove(this, out _);
    }
}
