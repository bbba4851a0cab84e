using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace PushPruner.LocalAws;

/// <summary>
/// The layers and configs of all repositories, in a temporary folder that is deleted with it. Each is stored once, but a repository has
/// only those that were pushed to it or mounted into it. Layers of deleted images are kept until the end.
/// </summary>
sealed class BlobStore(int seed) : IDisposable
{
    readonly Lazy<DirectoryInfo> folder = new(() => Directory.CreateTempSubdirectory("pushpruner-blobs-"));
    readonly ConcurrentDictionary<(string Repository, string Digest), long> sizes = new();
    readonly ConcurrentDictionary<string, BlobUpload> uploads = new(StringComparer.Ordinal);
    readonly IdSequence ids = new("upload", seed);

    internal bool Has(string repository, string digest) => sizes.ContainsKey((repository, digest));

    internal bool TryGet(string repository, string digest, [NotNullWhen(true)] out string? path)
    {
        path = Has(repository, digest) ? PathOf(digest) : null;
        return path is not null;
    }

    /// <returns>The upload's id.</returns>
    internal string Start(string repository)
    {
        var id = ids.Next();
        uploads[id] = new(repository, Path.Combine(folder.Value.FullName, $"upload-{id}"));
        return id;
    }

    /// <exception cref="DistributionError">There is no such upload to this repository.</exception>
    internal BlobUpload Upload(DistributionPath target) =>
        uploads.TryGetValue(target.Reference, out var upload) && upload.Repository == target.Repository
            ? upload
            : throw DistributionError.UploadUnknown(target.Reference);

    /// <summary>Makes a blob of what came, which must have this digest. Either way the upload is over.</summary>
    /// <exception cref="DistributionError">It has another one.</exception>
    internal void Complete(DistributionPath target, string digest)
    {
        using var upload = Take(target);
        var actual = upload.Close();
        if (actual != digest)
            throw DistributionError.DigestInvalid($"The digest '{digest}' does not match what was uploaded, which has '{actual}'");

        if (!File.Exists(PathOf(digest)))
            File.Move(upload.Path, PathOf(digest));
        sizes[(target.Repository, digest)] = upload.Length;
    }

    internal void GiveUp(DistributionPath target) => Take(target).Dispose();

    internal void Mount(string digest, string from, string into) => sizes[(into, digest)] = sizes[(from, digest)];

    public void Dispose()
    {
        foreach (var upload in uploads.Values)
            upload.Dispose();
        if (folder.IsValueCreated)
            folder.Value.Delete(recursive: true);
    }

    BlobUpload Take(DistributionPath target)
    {
        var upload = Upload(target);
        return uploads.TryRemove(target.Reference, out _) ? upload : throw DistributionError.UploadUnknown(target.Reference);
    }

    // Only digests that were computed here come so far.
    string PathOf(string digest) => Path.Combine(folder.Value.FullName, digest["sha256:".Length..]);
}
