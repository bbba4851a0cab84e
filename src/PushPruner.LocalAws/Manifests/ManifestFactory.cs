using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PushPruner.LocalAws;

/// <summary>Manifests as docker, buildx and cosign write them. The same arguments give the same bytes, and so the same digest.</summary>
public static partial class ManifestFactory
{
    const long ConfigSize = 1469;

    static readonly JsonWriterOptions AsDockerWrites = new()
    {
        Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>An image of one platform with one layer; config and layer together have <paramref name="sizeInBytes"/>.</summary>
    public static LocalManifest Image(
        string seed,
        long sizeInBytes = 25_000_000,
        string platform = "linux/amd64",
        ManifestFormat format = ManifestFormat.Oci)
    {
        var (mediaType, config, layer) = format == ManifestFormat.Oci
            ? (ManifestMediaTypes.OciImage, ManifestMediaTypes.OciConfig, ManifestMediaTypes.OciLayer)
            : (ManifestMediaTypes.DockerImage, ManifestMediaTypes.DockerConfig, ManifestMediaTypes.DockerLayer);
        var configSize = Math.Min(ConfigSize, sizeInBytes);
        return new()
        {
            MediaType = mediaType,
            SizeInBytes = sizeInBytes,
            Platform = platform,
            Text = Write(mediaType, json =>
            {
                Descriptor(json, "config", config, $"{seed}/{platform}/config", configSize);
                json.WriteStartArray("layers");
                Descriptor(json, null, layer, $"{seed}/{platform}/layer", sizeInBytes - configSize);
                json.WriteEndArray();
            }),
        };
    }

    /// <summary>What buildx adds to an image by default: a member of the same manifest list, for no platform.</summary>
    public static LocalManifest Attestation(LocalManifest of) => new()
    {
        MediaType = ManifestMediaTypes.OciImage,
        SizeInBytes = 241 + 1063,
        Platform = "unknown/unknown",
        AttestationOf = of.Digest,
        Text = Write(ManifestMediaTypes.OciImage, json =>
        {
            Descriptor(json, "config", ManifestMediaTypes.OciConfig, $"attestation/{of.Digest}/config", 241);
            json.WriteStartArray("layers");
            Descriptor(json, null, ManifestMediaTypes.InToto, $"attestation/{of.Digest}/layer", 1063);
            json.WriteEndArray();
        }),
    };

    /// <summary>An OCI manifest list. To put it, its members must be there.</summary>
    public static LocalManifest ManifestList(params IReadOnlyList<LocalManifest> members) => ManifestList(ManifestFormat.Oci, members);

    public static LocalManifest ManifestList(ManifestFormat format, params IReadOnlyList<LocalManifest> members)
    {
        var mediaType = format == ManifestFormat.Oci ? ManifestMediaTypes.OciManifestList : ManifestMediaTypes.DockerManifestList;
        return new()
        {
            MediaType = mediaType,
            SizeInBytes = members.Select(member => member.SizeInBytes).DefaultIfEmpty().Max(),
            Text = Write(mediaType, json =>
            {
                json.WriteStartArray("manifests");
                foreach (var member in members)
                    Member(json, member);
                json.WriteEndArray();
            }),
        };
    }

    /// <summary>A signature, SBOM or the like, with the manifest it is about as its subject.</summary>
    public static LocalManifest Referrer(
        LocalManifest subject,
        string seed = "signature",
        string artifactType = "application/vnd.dev.sigstore.bundle.v0.3+json") => new()
        {
            MediaType = ManifestMediaTypes.OciImage,
            SizeInBytes = 2 + 4096,
            ArtifactType = artifactType,
            Text = Write(ManifestMediaTypes.OciImage, json =>
            {
                json.WriteString("artifactType", artifactType);
                Descriptor(json, "config", ManifestMediaTypes.OciEmpty, "{}", 2);
                json.WriteStartArray("layers");
                Descriptor(json, null, artifactType, $"{seed}/{subject.Digest}", 4096);
                json.WriteEndArray();
                json.WriteStartObject("subject");
                Named(json, subject);
                json.WriteEndObject();
            }),
        };

    static string Write(string mediaType, Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, AsDockerWrites))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 2);
            json.WriteString("mediaType", mediaType);
            body(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // The digest is that of the content's name. The content itself is not stored.
    static void Descriptor(Utf8JsonWriter json, string? property, string mediaType, string content, long size)
    {
        if (property is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(property);
        json.WriteString("mediaType", mediaType);
        json.WriteString("digest", ManifestFacts.DigestOf(content));
        json.WriteNumber("size", size);
        json.WriteEndObject();
    }

    static void Member(Utf8JsonWriter json, LocalManifest member)
    {
        json.WriteStartObject();
        Named(json, member);
        if (member.ArtifactType is { } type)
            json.WriteString("artifactType", type);
        if (member.AttestationOf is { } attested)
        {
            json.WriteStartObject("annotations");
            json.WriteString("vnd.docker.reference.digest", attested);
            json.WriteString("vnd.docker.reference.type", "attestation-manifest");
            json.WriteEndObject();
        }

        if (member.Platform?.Split('/') is [var os, var architecture, .. var variant])
        {
            json.WriteStartObject("platform");
            json.WriteString("architecture", architecture);
            json.WriteString("os", os);
            if (variant is [var only])
                json.WriteString("variant", only);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    static void Named(Utf8JsonWriter json, LocalManifest manifest)
    {
        json.WriteString("mediaType", manifest.MediaType);
        json.WriteString("digest", manifest.Digest);
        json.WriteNumber("size", Encoding.UTF8.GetByteCount(manifest.Text));
    }
}
