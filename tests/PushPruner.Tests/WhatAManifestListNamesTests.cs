using System.Security.Cryptography;
using System.Text;
using PushPruner.LocalAws;

namespace PushPruner.Tests;

public class WhatAManifestListNamesTests
{
    static Digest DigestOf(string text) =>
        Digest.Parse("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    /// <summary>Manifests as registries held them, byte for byte.</summary>
    [Theory]
    [InlineData("buildx-index-with-attestation-2022-12", 2)]
    [InlineData("docker-manifest-list-of-schema1-children", 5)]
    [InlineData("docker-manifest-list-schema2list", 7)]
    [InlineData("ecr-index-app-2025-03-09", 2)]
    [InlineData("ecr-index-backend-2026-08-24", 2)]
    [InlineData("ecr-index-web-2025-03-15", 2)]
    [InlineData("ecr-soci-v1-fallback-index-2023", 1)]
    [InlineData("oci-index-arm-variants", 6)]
    [InlineData("oci-index-same-platform-twice-zstd", 6)]
    [InlineData("oci-index-without-mediaType", 2)]
    public async Task A_recorded_index_is_read_in_full(string file, int members)
    {
        var text = await File.ReadAllTextAsync(Path.Combine("Data", "manifests", $"{file}.json"), TestContext.Current.CancellationToken);

        ManifestContent.ReadList(DigestOf(text), text).ShouldNotBeNull().Members!.Count.ShouldBe(members);
    }

    [Theory]
    [InlineData("helm-chart-without-mediaType")]
    [InlineData("notation-signature-with-subject-2025-02")]
    [InlineData("oci-manifest-empty-config-digest-null-layers")]
    [InlineData("oci-manifest-without-mediaType")]
    public async Task What_is_no_index_can_t_be_read_as_one(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine("Data", "manifests", $"{file}.json"), TestContext.Current.CancellationToken);

        ManifestContent.ReadList(DigestOf(text), text).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"manifests\":null}")]
    [InlineData("{\"manifests\":{}}")]
    [InlineData("{\"manifests\":[{}]}")]
    [InlineData("{\"manifests\":[{\"digest\":7}]}")]
    [InlineData("{\"manifests\":[{\"digest\":\"sha256:short\"}]}")]
    [InlineData("{\"manifests\":[{\"digest\":\"\\ud800\"}]}")]
    [InlineData("{\"manifests\":[null]}")]
    public void What_can_t_be_read_in_full_is_not_known_at_all(string text) =>
        ManifestContent.ReadList(DigestOf(text), text).ShouldBeNull();

    [Fact]
    public void A_manifest_list_without_text_is_not_known() => ManifestContent.ReadList(DigestOf(""), null).ShouldBeNull();

    [Fact]
    public void Other_bytes_than_the_digest_names_are_not_believed()
    {
        var index = ManifestFactory.ManifestList(ManifestFactory.Image("a"));

        ManifestContent.ReadList(Digest.Parse(index.Digest), index.Text).ShouldNotBeNull().Members!.Count.ShouldBe(1);
        ManifestContent.ReadList(Digest.Parse(index.Digest), index.Text + " ").ShouldBeNull();
    }

    [Fact]
    public void A_digest_of_an_algorithm_that_can_t_be_checked_is_doubt()
    {
        const string text = "{\"manifests\":[]}";

        ManifestContent.ReadList(DigestOf(text), text).ShouldNotBeNull().Members.ShouldBe(DigestSet.Empty);
        ManifestContent
            .ReadList(Digest.Parse("sha512:" + Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(text)))), text)
            .ShouldNotBeNull()
            .Members.ShouldBe(DigestSet.Empty);
        ManifestContent.ReadList(Digest.Parse("blake3:" + new string('a', 64)), text).ShouldBeNull();
    }

    [Theory]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    public void More_members_than_a_row_holds_are_doubt(int count, bool isRead)
    {
        var text = $"{{\"manifests\":[{string.Join(',', Enumerable.Range(0, count).Select(n => $"{{\"digest\":\"sha256:{n:x64}\"}}"))}]}}";

        (ManifestContent.ReadList(DigestOf(text), text)?.Members?.Count == count).ShouldBe(isRead);
    }

    [Fact]
    public void A_manifest_nested_a_thousand_deep_is_doubt_and_no_crash()
    {
        var text = $"{{\"manifests\":{new string('[', 1_000)}{new string(']', 1_000)}}}";

        ManifestContent.ReadList(DigestOf(text), text).ShouldBeNull();
    }
}
