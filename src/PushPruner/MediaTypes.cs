using System.Collections.Frozen;

namespace PushPruner;

/// <summary>The manifest media types that the product knows. Of any other it can't say what it holds, and keeps it.</summary>
public static class MediaTypes
{
    public const string DockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    static readonly FrozenSet<string> Indexes = FrozenSet.Create(StringComparer.Ordinal, DockerManifestList, OciIndex);

    static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        DockerManifestList,
        OciIndex,
        DockerManifest,
        OciManifest,
        "application/vnd.docker.distribution.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v1+prettyjws");

    /// <summary>Every type that is known.</summary>
    public static IReadOnlyCollection<string> All => Known;

    /// <summary>True for a manifest that names other manifests: a Docker manifest list or an OCI image index.</summary>
    public static bool IsManifestList(string? mediaType) => mediaType is not null && Indexes.Contains(mediaType);

    public static bool IsKnown(string? mediaType) => mediaType is not null && Known.Contains(mediaType);
}
