using System.Text.Json;
using PushPruner.LocalAws;

namespace PushPruner.Tests.Simulation;

/// <summary>
/// What a manifest is, read from its own text, and by nothing of the product: images compete only with images, caches with caches.
/// </summary>
static class ContentKind
{
    public const string Image = "image";

    static readonly string[] Filesystems = ["application/vnd.oci.image.layer.", "application/vnd.docker.image.rootfs."];

    public static string Of(JsonElement root) => root.TryGetProperty("manifests", out var entries) ? OfList(entries) : OfLayers(root);

    public static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() : null;

    static string OfList(JsonElement entries)
    {
        var all = entries.EnumerateArray().ToList();
        return all.Exists(IsForAPlatform)
            ? Image
            : all.Select(entry => Text(entry, "artifactType")).FirstOrDefault(type => type is not null) ?? Image;
    }

    static string OfLayers(JsonElement root)
    {
        var type = Text(root, "artifactType") ?? (root.TryGetProperty("config", out var config) ? Text(config, "mediaType") : null);
        if (type is not (null or ManifestMediaTypes.OciConfig or ManifestMediaTypes.DockerConfig))
            return type;

        return root.TryGetProperty("layers", out var layers)
            ? layers.EnumerateArray().Select(layer => Text(layer, "mediaType")).FirstOrDefault(IsNoFilesystem) ?? Image
            : Image;
    }

    static bool IsForAPlatform(JsonElement entry) =>
        entry.TryGetProperty("platform", out var platform) && Text(platform, "architecture") is not (null or "unknown");

    static bool IsNoFilesystem(string? layer) =>
        layer is not null && !Array.Exists(Filesystems, start => layer.StartsWith(start, StringComparison.Ordinal));
}
