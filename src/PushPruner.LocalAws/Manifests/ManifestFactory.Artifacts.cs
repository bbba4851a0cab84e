namespace PushPruner.LocalAws;

// What people keep in a registry besides images.
public static partial class ManifestFactory
{
    const long ArtifactConfigSize = 233;

    /// <summary>
    /// A build cache as buildx exports it to ECR: <c>--cache-to type=registry,image-manifest=true,oci-mediatypes=true</c>, as AWS's
    /// announcement of the feature recommends.
    /// </summary>
    public static LocalManifest BuildCache(string seed, long sizeInBytes = 60_000_000) => Artifact(
        ManifestMediaTypes.BuildCacheConfig, ManifestMediaTypes.OciLayer, $"cache/{seed}", sizeInBytes);

    /// <summary>
    /// A build cache as buildx exports it without <c>image-manifest=true</c>: a manifest list that names layers and the config instead of
    /// manifests. ECR refuses it, because no manifest has these digests. To have it in a repository, seed it.
    /// </summary>
    public static LocalManifest BuildCacheList(string seed, long sizeInBytes = 60_000_000)
    {
        var configSize = Math.Min(ArtifactConfigSize, sizeInBytes);
        return new()
        {
            MediaType = ManifestMediaTypes.OciManifestList,
            SizeInBytes = sizeInBytes,
            Text = Write(ManifestMediaTypes.OciManifestList, json =>
            {
                json.WriteStartArray("manifests");
                Descriptor(json, null, ManifestMediaTypes.OciLayer, $"cache/{seed}/layer", sizeInBytes - configSize);
                Descriptor(json, null, ManifestMediaTypes.BuildCacheConfig, $"cache/{seed}/config", configSize);
                json.WriteEndArray();
            }),
        };
    }

    /// <summary>A chart as <c>helm push</c> writes it. Its tag is its version.</summary>
    public static LocalManifest HelmChart(string seed, long sizeInBytes = 14_000) => Artifact(
        ManifestMediaTypes.HelmConfig, ManifestMediaTypes.HelmChart, $"chart/{seed}", sizeInBytes);

    /// <summary>A WASM component in the layout of the CNCF's working group.</summary>
    public static LocalManifest Wasm(string seed, long sizeInBytes = 900_000) => Artifact(
        ManifestMediaTypes.WasmConfig, ManifestMediaTypes.WasmLayer, $"wasm/{seed}", sizeInBytes);

    /// <summary>What <c>oras push --artifact-type</c> writes: its config is empty, and the manifest says its type itself.</summary>
    public static LocalManifest OrasArtifact(
        string seed, string artifactType = "application/vnd.example.report.v1+json", long sizeInBytes = 4_098) => new()
    {
        MediaType = ManifestMediaTypes.OciImage,
        SizeInBytes = sizeInBytes,
        ArtifactType = artifactType,
        Text = Write(ManifestMediaTypes.OciImage, json =>
        {
            json.WriteString("artifactType", artifactType);
            Descriptor(json, "config", ManifestMediaTypes.OciEmpty, "{}", 2);
            json.WriteStartArray("layers");
            Descriptor(json, null, artifactType, $"oras/{seed}", sizeInBytes - 2);
            json.WriteEndArray();
        }),
    };

    /// <summary>
    /// A signature of <c>cosign sign</c>. Its config is that of an image; only its layer says what it is. Its tag is
    /// <see cref="LocalManifest.CosignTag"/>("sig") of what it signs.
    /// </summary>
    /// <param name="of">What it signs. There is no subject: the tag alone names it.</param>
    /// <param name="seed">Another seed makes another signature, as signing again does.</param>
    public static LocalManifest CosignSignature(LocalManifest of, string seed = "key") => Artifact(
        ManifestMediaTypes.OciConfig, ManifestMediaTypes.CosignSignature, $"sig/{seed}/{of.Digest}", sizeInBytes: 497);

    /// <summary>
    /// An attestation of <c>cosign attest</c>, whose config is that of an image. Its tag is <see cref="LocalManifest.CosignTag"/>("att") of
    /// what it is about, and moves with each further one.
    /// </summary>
    /// <param name="of">What it is about. There is no subject: the tag alone names it.</param>
    /// <param name="seed">Another seed makes another attestation.</param>
    public static LocalManifest CosignAttestation(LocalManifest of, string seed = "provenance") => Artifact(
        ManifestMediaTypes.OciConfig, ManifestMediaTypes.DsseEnvelope, $"att/{seed}/{of.Digest}", sizeInBytes: 6_318);

    /// <summary>
    /// The manifest list of the referrers tag schema: its entries have an artifactType and no platform. Its tag is
    /// <see cref="LocalManifest.ReferrersTag"/> of their subject.
    /// </summary>
    public static LocalManifest ReferrersList(params IReadOnlyList<LocalManifest> referrers) => ManifestList(referrers);

    static LocalManifest Artifact(string configType, string layerType, string content, long sizeInBytes)
    {
        var configSize = Math.Min(ArtifactConfigSize, sizeInBytes);
        return new()
        {
            MediaType = ManifestMediaTypes.OciImage,
            SizeInBytes = sizeInBytes,
            Text = Write(ManifestMediaTypes.OciImage, json =>
            {
                Descriptor(json, "config", configType, $"{content}/config", configSize);
                json.WriteStartArray("layers");
                Descriptor(json, null, layerType, $"{content}/layer", sizeInBytes - configSize);
                json.WriteEndArray();
            }),
        };
    }
}
