using System.Security.Cryptography;
using System.Text;

namespace PushPruner.LocalAws.Tests.Registry;

public sealed class WhenAnImageIsPut : RegistryTest
{
    [Fact]
    public void Its_digest_is_the_hash_of_its_bytes() =>
        Put(One).Digest.ShouldBe("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(One.Text))));

    [Fact]
    public void Its_row_says_when_how_large_and_what()
    {
        Put(One, "1.0");

        var row = Row(One);
        row.ImageTags.ShouldBe(["1.0"]);
        row.ImagePushedAt.ShouldBe(Start);
        row.ImageSizeInBytes.ShouldBe(1_000_000);
        row.ImageManifestMediaType.ShouldBe(ManifestMediaTypes.OciImage);
        row.ArtifactMediaType.ShouldBe(ManifestMediaTypes.OciConfig);
        row.ImageStatus.ShouldBe("ACTIVE");
        row.LastRecordedPullTime.ShouldBeNull();
        row.SubjectManifestDigest.ShouldBeNull();
    }

    [Fact]
    public void Untagged_means_no_list_of_tags_at_all()
    {
        Put(One);

        Row(One).ImageTags.ShouldBeNull();
    }

    [Fact]
    public void The_push_time_has_whole_seconds_where_the_option_says_so()
    {
        Where(new() { WholeSeconds = true });
        Put(One);

        Row(One).ImagePushedAt.ShouldBe(Start.AddMilliseconds(-123));
    }

    [Fact]
    public void A_digest_that_is_not_its_own_is_refused() =>
        Refused(() => Registry.PutImage(One.Put(App) with { ImageDigest = Two.Digest }), "ImageDigestDoesNotMatchException");

    [Fact]
    public void An_index_is_refused_while_a_member_is_missing()
    {
        Put(One);

        Refused(() => Put(IndexOfBoth), "ReferencedImagesNotFoundException").Message.ShouldContain(Two.Digest);
        Registry.Images(App).Count.ShouldBe(1);
    }

    [Fact]
    public void An_index_is_as_large_as_its_largest_member_and_has_no_artifact_media_type()
    {
        PutIndex("1.0");

        Row(IndexOfBoth).ImageSizeInBytes.ShouldBe(2_000_000);
        Row(IndexOfBoth).ArtifactMediaType.ShouldBeNull();
    }

    [Fact]
    public void A_referrer_names_its_subject_which_need_not_be_there()
    {
        var signature = ManifestFactory.Referrer(One);
        Put(signature);

        Row(signature).SubjectManifestDigest.ShouldBe(One.Digest);
    }

    [Fact]
    public void The_same_image_and_tag_put_again_is_refused_and_changes_nothing()
    {
        Put(One, "1.0");
        Clock.Advance(TimeSpan.FromDays(1));

        Refused(() => Put(One, "1.0"), "ImageAlreadyExistsException");
        Refused(() => Put(One), "ImageAlreadyExistsException");
        Row(One).ImagePushedAt.ShouldBe(Start);
        Events.Count.ShouldBe(1);
    }

    [Fact]
    public void The_same_image_put_again_sends_an_event_where_the_option_says_so()
    {
        Where(new() { IdenticalPutSendsEvent = true });
        Put(One, "1.0");

        Refused(() => Put(One, "1.0"), "ImageAlreadyExistsException");
        Events.Select(happened => happened.Tag).ShouldBe(["1.0", "1.0"]);
    }

    [Fact]
    public void After_a_delete_the_same_digest_is_new()
    {
        Put(One, "1.0");
        Delete(EcrImageId.Digest(One.Digest));
        Clock.Advance(TimeSpan.FromDays(1));
        Put(One, "1.0");

        Row(One).ImagePushedAt.ShouldBe(Start.AddDays(1));
    }

    [Fact]
    public void A_manifest_without_media_type_needs_one_in_the_request()
    {
        const string Bare =
            """{"schemaVersion":2,"config":{"mediaType":"application/vnd.cncf.helm.config.v1+json","size":10},"layers":null}""";
        var call = new PutImageCall { RepositoryName = App, ImageManifest = Bare };

        Refused(() => Registry.PutImage(call), "InvalidParameterException");
        Registry.PutImage(call with { ImageManifestMediaType = ManifestMediaTypes.OciImage });
        Describe(EcrImageId.Digest(Registry.Images(App)[0].Digest))[0]
            .ArtifactMediaType.ShouldBe("application/vnd.cncf.helm.config.v1+json");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    public void What_is_no_manifest_is_refused(string text) =>
        Refused(() => Registry.PutImage(new() { RepositoryName = App, ImageManifest = text }), "InvalidParameterException");

    [Fact]
    public void A_repository_that_is_not_there_is_named() =>
        Refused(() => Registry.PutImage(One.Put("nowhere")), "RepositoryNotFoundException")
            .Message.ShouldBe("The repository with name 'nowhere' does not exist in the registry with id '123456789012'");
}
