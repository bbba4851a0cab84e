using System.Text.Json;

namespace PushPruner.LocalAws.Tests.Registry;

public sealed class WhenArtifactsArePut : RegistryTest
{
    public static TheoryData<string, LocalManifest, string> TypedByTheirConfig => new()
    {
        { "build cache", ManifestFactory.BuildCache("main"), "application/vnd.buildkit.cacheconfig.v0" },
        { "chart", ManifestFactory.HelmChart("shop"), "application/vnd.cncf.helm.config.v1+json" },
        { "wasm", ManifestFactory.Wasm("filter"), "application/vnd.wasm.config.v0+json" },
        // To ECR they are images: only their layers say what they are.
        { "cosign signature", ManifestFactory.CosignSignature(One), ManifestMediaTypes.OciConfig },
        { "cosign attestation", ManifestFactory.CosignAttestation(One), ManifestMediaTypes.OciConfig },
        { "buildx attestation", ManifestFactory.Attestation(One), ManifestMediaTypes.OciConfig },
    };

    [Theory]
    [MemberData(nameof(TypedByTheirConfig))]
    public void Their_row_and_event_say_the_media_type_of_their_config(string what, LocalManifest artifact, string type)
    {
        foreach (var option in Enum.GetValues<ArtifactMediaType>())
        {
            Where(new() { ArtifactMediaType = option });

            Put(artifact, "1.0");

            Row(artifact).ArtifactMediaType.ShouldBe(type, what);
            Events.ShouldHaveSingleItem().Json.ShouldContain($"\"artifact-media-type\":\"{type}\"", customMessage: what);
        }
    }

    [Theory]
    [InlineData(ArtifactMediaType.ArtifactType, "application/vnd.example.report.v1+json")]
    [InlineData(ArtifactMediaType.ConfigMediaType, ManifestMediaTypes.OciEmpty)]
    public void One_that_says_its_own_type_has_that_or_the_type_of_its_config(ArtifactMediaType option, string type)
    {
        Where(new() { ArtifactMediaType = option });
        var report = ManifestFactory.OrasArtifact("report");

        Put(report);

        Row(report).ArtifactMediaType.ShouldBe(type);
    }

    [Fact]
    public void A_build_cache_that_is_a_list_of_layers_is_refused_and_can_be_seeded()
    {
        var cache = ManifestFactory.BuildCacheList("main");

        Refused(() => Put(cache, "cache"), "ReferencedImagesNotFoundException");
        Registry.Seed(App, cache.At(Start, "cache"));

        Row(cache).ArtifactMediaType.ShouldBeNull();
        Row(cache).ImageSizeInBytes.ShouldBe(cache.SizeInBytes);
    }

    [Fact]
    public void A_list_of_referrers_says_the_types_of_its_entries_and_no_platform()
    {
        var signature = ManifestFactory.Referrer(One, artifactType: "application/vnd.example.signature");
        Put(One);
        Put(signature);
        var list = ManifestFactory.ReferrersList(signature);

        Put(list, One.ReferrersTag);

        Row(list).ArtifactMediaType.ShouldBeNull();
        var entry = JsonDocument.Parse(list.Text).RootElement.GetProperty("manifests").EnumerateArray().ShouldHaveSingleItem();
        entry.GetProperty("artifactType").GetString().ShouldBe("application/vnd.example.signature");
        entry.TryGetProperty("platform", out _).ShouldBeFalse();
    }

    [Fact]
    public void The_layers_of_cosign_say_what_they_are()
    {
        LayerType(ManifestFactory.CosignSignature(One)).ShouldBe("application/vnd.dev.cosign.simplesigning.v1+json");
        LayerType(ManifestFactory.CosignAttestation(One)).ShouldBe("application/vnd.dsse.envelope.v1+json");

        static string? LayerType(LocalManifest manifest) =>
            JsonDocument.Parse(manifest.Text).RootElement.GetProperty("layers")[0].GetProperty("mediaType").GetString();
    }

    [Fact]
    public void Each_seed_makes_another_one()
    {
        LocalManifest[] all =
        [
            ManifestFactory.BuildCache("a"), ManifestFactory.BuildCache("b"),
            ManifestFactory.BuildCacheList("a"), ManifestFactory.BuildCacheList("b"),
            ManifestFactory.HelmChart("a"), ManifestFactory.HelmChart("b"),
            ManifestFactory.Wasm("a"), ManifestFactory.Wasm("b"),
            ManifestFactory.OrasArtifact("a"), ManifestFactory.OrasArtifact("b"),
            ManifestFactory.CosignSignature(One, "a"), ManifestFactory.CosignSignature(One, "b"),
            ManifestFactory.CosignSignature(Two, "a"), ManifestFactory.CosignAttestation(One, "a"),
            ManifestFactory.CosignAttestation(One, "b"), ManifestFactory.CosignAttestation(Two, "a"),
        ];

        all.Select(manifest => manifest.Digest).ShouldBeUnique();
    }

    [Fact]
    public void Cosign_finds_its_own_by_a_tag_of_the_digest() =>
        One.CosignTag("sig").ShouldBe("sha256-" + One.Digest["sha256:".Length..] + ".sig");
}
