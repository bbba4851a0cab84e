namespace PushPruner.LocalAws;

// What a test or a replay does to a registry without a call.
public sealed partial class LocalRegistry
{
    /// <summary>Adds an image as it is, and creates the repository if there is none. A tag that another image has moves.</summary>
    /// <returns>The digest.</returns>
    /// <exception cref="ArgumentException">It has neither digest nor manifest, or is there already.</exception>
    public string Seed(string repository, SeededImage image) => Change(() => Place(Existing(repository), image).Digest);

    /// <summary>Places many at once.</summary>
    public void Seed(string repository, IEnumerable<SeededImage> images) => Change(() =>
    {
        var into = Existing(repository);
        foreach (var image in images)
            Place(into, image);
        return true;
    });

    /// <summary>
    /// An image arrives from another region or account: its event is REPLICATE, not PUSH. Where it is there already it only gets the tags.
    /// </summary>
    public RegistryEvent Replicate(string repository, SeededImage image, string sourceRegion, string? sourceAccount = null) => Change(() =>
    {
        var into = Existing(repository);
        var digest = image.Digest ?? ManifestFacts.DigestOf(image.Manifest ?? "");
        if (!into.TryGet(digest, out var placed))
            placed = Place(into, image with { PushedAt = image.PushedAt ?? Now() }, clock.GetUtcNow());
        foreach (var tag in image.Tags)
            into.Tag(placed, tag, clock.GetUtcNow());

        var at = clock.GetUtcNow();
        var tagOfEvent = image.Tags.Count > 0 ? image.Tags[^1] : null;
        if (options.ReplicationSendsPushToo)
            events.Push(repository, placed, tagOfEvent, at);
        return events.Replication(repository, placed, tagOfEvent, sourceRegion, sourceAccount ?? options.AccountId, at);
    });

    /// <summary>Someone else's delete: an image disappears without a call or an event, as lifecycle policies do it.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Expire(string repository, string digest) => Change(() =>
    {
        if (!repositories.TryGetValue(repository, out var from) || !from.TryGet(digest, out var image))
            return false;
        from.Remove(image);
        return true;
    });

    /// <summary>Sets the recorded pull time, as pulls through the registry API would.</summary>
    public void RecordPull(string repository, string digest, DateTimeOffset at) => Change(() =>
    {
        if (!repositories[repository].TryGet(digest, out var image))
            throw new ArgumentException($"{repository} has no image {digest}", nameof(digest));
        image.LastPulledAt = at;
        return true;
    });

    /// <summary>The images of a repository at the moment, in the order of digests; none when there is no such repository.</summary>
    public IReadOnlyList<RegistryImage> Images(string repository) => Change<IReadOnlyList<RegistryImage>>(() =>
        repositories.TryGetValue(repository, out var of)
            ?
            [
                .. of.After(null).Select(image => new RegistryImage(
                    image.Digest,
                    [.. image.Tags],
                    image.PushedAt,
                    image.Status,
                    image.SizeInBytes,
                    image.MediaType,
                    image.SubjectDigest,
                    image.LastPulledAt)),
            ]
            : []);

    StoredRepository Existing(string repository)
    {
        Constraint.RepositoryName(repository);
        return repositories.TryGetValue(repository, out var existing) ? existing : AddRepository(repository);
    }

    StoredImage Place(StoredRepository repository, SeededImage image, DateTimeOffset? arrivedAt = null)
    {
        var facts = image.Manifest is { } manifest ? ManifestFacts.Read(manifest) : new();
        var digest = image.Digest ?? (image.Manifest is { } text ? ManifestFacts.DigestOf(text) : null)
            ?? throw new ArgumentException("A seeded image has a digest or a manifest.", nameof(image));
        if (repository.Has(digest))
            throw new ArgumentException($"{repository.Detail.RepositoryName} has {digest} already.", nameof(image));

        var placed = new StoredImage(digest)
        {
            PushedAt = image.PushedAt,
            ArrivedAt = arrivedAt,
            SizeInBytes = image.SizeInBytes ?? (image.Manifest is null || facts.IsManifestList ? null : facts.ContentSize),
            MediaType = image.MediaType ?? facts.MediaType,
            ArtifactMediaType = image.ArtifactMediaType ?? facts.ArtifactMediaType(options.ArtifactMediaType),
            SubjectDigest = image.SubjectDigest ?? facts.SubjectDigest,
            Manifest = image.Manifest,
            Members = image.Members ?? facts.Members,
            LastPulledAt = image.LastRecordedPullTime,
            Status = image.Status,
            LastArchivedAt = image.LastArchivedAt,
            LastActivatedAt = image.LastActivatedAt,
        };
        repository.Add(placed);
        foreach (var tag in image.Tags)
            repository.Tag(placed, tag, arrivedAt);
        return placed;
    }
}
