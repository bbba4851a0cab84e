using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace PushPruner.Rules;

/// <summary>
/// What an image or artifact is. Those of one kind compete for the newest N places; a build cache or a chart never pushes an image out.
/// A kind is <see cref="Image"/>, or the media type of the artifact, as ECR or its own bytes give it.
/// </summary>
public static class Kind
{
    /// <summary>A container image.</summary>
    public const string Image = "image";

    static readonly FrozenSet<string> ImageConfigs = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "application/vnd.docker.container.image.v1+json",
        "application/vnd.oci.image.config.v1+json");

    // What pushes an artifact chooses its type: longer than ECR's own limit it is cut, and stays apart from every other.
    const int Longest = 255;
    const int HashLength = 16;

    // What a container runtime unpacks: rootfs diffs of Docker, and layers of the OCI image specification, foreign ones too.
    static readonly string[] FilesystemLayers = ["application/vnd.docker.image.rootfs.", "application/vnd.oci.image.layer."];

    /// <summary>
    /// The kind of a manifest; null for a manifest list that was not read, and for one whose kind was not noted when it was.
    /// </summary>
    public static string? Of(KnownManifest known)
    {
        var manifest = known.Manifest;
        return !MediaTypes.IsManifestList(manifest.MediaType) && !IsImage(manifest.ArtifactMediaType)
            ? Bounded(manifest.ArtifactMediaType!)
            : OfBytes(known);
    }

    /// <summary>The kind of a manifest that names layers, by its own bytes.</summary>
    /// <param name="artifactType">Its <c>artifactType</c>, if it has one.</param>
    /// <param name="config">The media type of its config.</param>
    /// <param name="layers">The media types of its layers; null where one has none.</param>
    public static string OfPlain(string? artifactType, string? config, IReadOnlyList<string?> layers)
    {
        if (!string.IsNullOrEmpty(artifactType))
            return Bounded(artifactType);
        if (!IsImage(config))
            return Bounded(config!);

        // An attestation as cosign stores it: an image by its config, and nothing that could run by its layers.
        var other = layers.FirstOrDefault(l =>
            l is { Length: > 0 } && !Array.Exists(FilesystemLayers, f => l.StartsWith(f, StringComparison.Ordinal)));
        return other is null ? Image : Bounded(other);
    }

    /// <summary>The media type as a kind.</summary>
    internal static string Bounded(string mediaType)
    {
        // The word for images is no media type, and nothing else may go by it.
        if (mediaType == Image)
            return Image + "?";
        if (mediaType.Length <= Longest)
            return mediaType;

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mediaType)))[..HashLength];
        return $"{mediaType[..(Longest - HashLength - 1)]}~{hash}";
    }

    static string? OfBytes(KnownManifest known) =>
        known.History.Kind ?? (MediaTypes.IsManifestList(known.Manifest.MediaType) ? null : Image);

    static bool IsImage(string? mediaType) => string.IsNullOrEmpty(mediaType) || ImageConfigs.Contains(mediaType);
}
