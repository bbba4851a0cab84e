using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Local;

/// <summary>An image with its bytes, as buildx would push it.</summary>
/// <param name="Blobs">Configs and layers.</param>
/// <param name="Manifests">In the order in which they can be pushed.</param>
sealed record OciImage(IReadOnlyList<byte[]> Blobs, IReadOnlyList<(string Text, string Type)> Manifests)
{
    public static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    public static string DigestOf(string content) => DigestOf(Encoding.UTF8.GetBytes(content));

    public static OciImage Of(string name)
    {
        var (blobs, manifest) = Platform(name, "amd64", ManifestMediaTypes.OciLayer);
        return new(blobs, [(manifest, ManifestMediaTypes.OciImage)]);
    }

    /// <summary>An index of two platforms and the attestation of one.</summary>
    public static OciImage MultiArch(string name)
    {
        var members = new[]
        {
            ("amd64", ManifestMediaTypes.OciLayer),
            ("arm64", ManifestMediaTypes.OciLayer),
            ("unknown", ManifestMediaTypes.InToto),
        }
            .Select(m => (Architecture: m.Item1, Content: Platform(name, m.Item1, m.Item2)))
            .ToList();
        var descriptors = members.Select(m =>
            Descriptor(
                ManifestMediaTypes.OciImage,
                Encoding.UTF8.GetBytes(m.Content.Manifest),
                $$""","platform":{"os":"{{OsOf(m.Architecture)}}","architecture":"{{m.Architecture}}"}"""));
        var index =
            $$"""{"schemaVersion":2,"mediaType":"{{ManifestMediaTypes.OciManifestList}}","manifests":[{{string.Join(',', descriptors)}}]}""";
        return new(
            [.. members.SelectMany(m => m.Content.Blobs)],
            [.. members.Select(m => (m.Content.Manifest, ManifestMediaTypes.OciImage)), (index, ManifestMediaTypes.OciManifestList)]);
    }

    /// <summary>Writes it as an OCI image layout, which skopeo reads as <c>oci:FOLDER</c>.</summary>
    public async Task WriteToAsync(string folder)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        foreach (var content in Blobs.Concat(Manifests.Select(m => Encoding.UTF8.GetBytes(m.Text))))
        {
            await File.WriteAllBytesAsync(
                Path.Combine(blobs, DigestOf(content)["sha256:".Length..]), content, TestContext.Current.CancellationToken);
        }

        var (text, type) = Manifests[^1];
        await File.WriteAllTextAsync(
            Path.Combine(folder, "index.json"),
            $$"""{"schemaVersion":2,"manifests":[{{Descriptor(type, Encoding.UTF8.GetBytes(text))}}]}""",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""", TestContext.Current.CancellationToken);
    }

    static (byte[][] Blobs, string Manifest) Platform(string name, string architecture, string layerType)
    {
        var content = Encoding.UTF8.GetBytes($"{name}/{architecture}/{new string('x', 5_000)}");
        var layer = layerType == ManifestMediaTypes.OciLayer ? Compressed(content) : content;
        var config = Encoding.UTF8.GetBytes(
            $$"""{"architecture":"{{architecture}}","os":"{{OsOf(architecture)}}","config":{},"rootfs":{"type":"layers","diff_ids":["{{DigestOf(content)}}"]} }""");
        var manifest = $$"""
            {"schemaVersion":2,"mediaType":"{{ManifestMediaTypes.OciImage}}","config":{{Descriptor(
                ManifestMediaTypes.OciConfig, config)}},"layers":[{{Descriptor(layerType, layer)}}]}
            """;
        return ([config, layer], manifest);
    }

    // What a media type calls compressed has to be, or skopeo compresses it on the way and the digests are others.
    static byte[] Compressed(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write(content);
        return compressed.ToArray();
    }

    static string OsOf(string architecture) => architecture == "unknown" ? "unknown" : "linux";

    static string Descriptor(string type, byte[] content, string more = "") =>
        $$"""{"mediaType":"{{type}}","digest":"{{DigestOf(content)}}","size":{{content.Length}}{{more}} }""";
}
