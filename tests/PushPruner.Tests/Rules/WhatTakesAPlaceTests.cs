using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Rules;

public class WhatTakesAPlaceTests
{
    static readonly RetentionPolicy Policy = new() { KeepNewest = 1 };

    static Classification Of(Manifest manifest, ManifestHistory? memory = null) =>
        Classification.Of(new KnownManifest(manifest, memory ?? ManifestHistory.None), A.Now);

    [Fact]
    public void A_tagged_manifest_is_an_image() =>
        Of(A.Manifest(1, A.Now, "1.0")).ShouldBe(new Classification.Image(A.Now, Kind.Image));

    [Fact]
    public void An_untagged_manifest_is_kept_and_pushes_no_image_out()
    {
        var untagged = new KnownManifest(A.Manifest(1, A.Now.AddDays(-90)), ManifestHistory.None);

        var verdicts = Retention.Decide(Policy, A.Now, [untagged, A.Image(2, 100), A.Image(3, 101)], Scope.WholeRepository);

        verdicts.Select(v => v.IsExpired).ShouldBe([false, false, true]);
        verdicts[0].Reason.ShouldBe("not proven to be an image yet");
    }

    [Fact]
    public void An_untagged_manifest_that_was_proven_for_this_push_is_an_image() =>
        Of(A.Manifest(1, A.Now.AddDays(-90)), new ManifestHistory { ProvenFor = A.Now.AddDays(-90) })
            .ShouldBeOfType<Classification.Image>();

    [Fact]
    public void A_proof_does_not_hold_for_another_push() =>
        Of(A.Manifest(1, A.Now.AddDays(-80)), new ManifestHistory { ProvenFor = A.Now.AddDays(-90) })
            .ShouldBeOfType<Classification.NotCounted>();

    [Theory]
    [InlineData("1.0-amd64")]
    [InlineData("v2_linux-arm64v8")]
    [InlineData("1.0-arm-v7")]
    [InlineData("1.0-x86_64")]
    [InlineData("AMD64")]
    [InlineData("1.0-amd64-v2")]
    [InlineData("1.0-amd64v3")]
    [InlineData("1.0-armv7l")]
    [InlineData("1.0-mips64el")]
    [InlineData("1.0-windows-ltsc2022")]
    [InlineData("1.0-nanoserver-1809")]
    public void A_tag_that_ends_in_a_platform_proves_nothing_by_itself(string tag)
    {
        Of(A.Manifest(1, A.Now.AddDays(-90), tag)).ShouldBeOfType<Classification.NotCounted>();
        Of(A.Manifest(1, A.Now.AddDays(-90), tag), new ManifestHistory { ProvenFor = A.Now.AddDays(-90) })
            .ShouldBeOfType<Classification.Image>();
    }

    [Theory]
    [InlineData("v6")]
    [InlineData("alarm")]
    [InlineData("1.0-farm64x")]
    [InlineData("release-v7")]
    [InlineData("build-2004")]
    [InlineData("arm64ish")]
    public void A_tag_that_only_looks_like_a_platform_proves_at_once(string tag) =>
        Of(A.Manifest(1, A.Now, tag)).ShouldBeOfType<Classification.Image>();

    [Fact]
    public void A_second_tag_without_a_platform_proves_at_once() =>
        Of(A.Manifest(1, A.Now, "1.0-amd64", "1.0")).ShouldBeOfType<Classification.Image>();

    [Theory]
    [InlineData(".sig", MediaTypes.OciManifest)]
    [InlineData(".att", MediaTypes.OciManifest)]
    [InlineData(".sbom", MediaTypes.DockerManifest)]
    [InlineData("", MediaTypes.OciIndex)]
    public void A_signature_is_no_image(string suffix, string mediaType)
    {
        var subject = A.DigestOf(7);

        Of(
                A.Manifest(1, A.Now.AddDays(-90), $"sha256-{subject.Hex}{suffix}") with
                {
                    MediaType = mediaType,
                },
                new ManifestHistory { Kind = Kind.Image, Members = DigestSet.Empty }
            )
            .ShouldBe(new Classification.NotCounted("referrer"));
    }

    [Fact]
    public void An_OCI_referrer_is_no_image_whatever_its_tags() =>
        Of(A.Manifest(1, A.Now.AddDays(-90), "1.0") with { Subject = A.DigestOf(7) }).ShouldBeOfType<Classification.NotCounted>();

    [Theory]
    [InlineData("sha256-{0}.meta", 7, "an unknown suffix")]
    [InlineData("sha256-{0}.sig", 1, "its own digest")]
    public void What_only_looks_like_a_signature_is_an_image(string tag, int named, string because) =>
        Of(A.Manifest(1, A.Now.AddDays(-90), string.Format(null, tag, A.DigestOf(named).Hex)))
            .ShouldBeOfType<Classification.Image>(because);

    [Fact]
    public void A_plain_image_with_a_tag_of_the_referrers_schema_is_no_referrer()
    {
        var standing = Of(A.Manifest(1, A.Now.AddDays(-90), $"sha256-{A.DigestOf(7).Hex}"));

        standing.ShouldBeOfType<Classification.Image>();
    }

    [Fact]
    public void A_signature_that_bears_another_tag_is_an_image() =>
        Of(A.Manifest(1, A.Now, $"sha256-{A.DigestOf(7).Hex}.sig", "1.0")).ShouldBeOfType<Classification.Image>();
}
