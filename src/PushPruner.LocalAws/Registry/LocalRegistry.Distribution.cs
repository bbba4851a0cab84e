namespace PushPruner.LocalAws;

// What the distribution API asks besides the operations.
public sealed partial class LocalRegistry
{
    /// <exception cref="EcrError">There is no such repository.</exception>
    internal void MustHave(string repository) => Change(() => Repository(registryId: null, repository));

    /// <summary>Makes the repository of a push, where the registry is set up to.</summary>
    /// <exception cref="EcrError">There is no such repository, and it isn't.</exception>
    internal void PrepareForPush(string repository)
    {
        if (options.CreateOnPush)
            Change(() => Existing(repository));
        else
            MustHave(repository);
    }

    internal bool HasManifest(string repository, string digest) => Change(() => Repository(registryId: null, repository).Has(digest));

    /// <summary>Whether an image of the repository has it as a layer or config.</summary>
    internal bool HoldsBlob(string repository, string digest) =>
        Change(() =>
            repositories.TryGetValue(repository, out var of)
            && of.After(null)
                .Select(image => image.Manifest)
                .OfType<string>()
                .Any(manifest => ManifestFacts.Read(manifest).Blobs.Contains(digest, StringComparer.Ordinal)));

    /// <summary>In ordinal order. Those of images that can't be pulled are left out, as ListImages leaves them out.</summary>
    internal IReadOnlyList<string> Tags(string repository, string? after, int most) => Change<IReadOnlyList<string>>(() =>
    [
        .. Repository(registryId: null, repository).After(null)
            .Where(image => image.Status is "ACTIVE")
            .SelectMany(image => image.Tags)
            .Where(tag => string.CompareOrdinal(tag, after) > 0)
            .Order(StringComparer.Ordinal)
            .Take(most),
    ]);

    internal IReadOnlyList<StoredImage> Referrers(string repository, string digest) => Change<IReadOnlyList<StoredImage>>(() =>
    [
        .. Repository(registryId: null, repository).After(null).Where(image => image.Status is "ACTIVE" && image.SubjectDigest == digest),
    ]);
}
