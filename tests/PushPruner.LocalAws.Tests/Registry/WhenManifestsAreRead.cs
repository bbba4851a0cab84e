namespace PushPruner.LocalAws.Tests.Registry;

public sealed class WhenManifestsAreRead : RegistryTest
{
    [Fact]
    public void The_exact_text_comes_back_and_what_is_missing_fails_alone()
    {
        PutIndex("1.0");

        var answer = Get([EcrImageId.Tag("1.0"), EcrImageId.Digest("sha256:aa"), EcrImageId.Digest(One.Digest)]);
        answer.Images.Select(image => image.ImageManifest).ShouldBe([IndexOfBoth.Text, One.Text]);
        answer.Images[0].ImageId.ShouldBe(EcrImageId.Pair(IndexOfBoth.Digest, "1.0"));
        answer.Images[0].ImageManifestMediaType.ShouldBe(ManifestMediaTypes.OciManifestList);
        answer.Failures.ShouldHaveSingleItem().FailureCode.ShouldBe("ImageNotFound");
    }

    [Fact]
    public void Reading_counts_as_a_pull()
    {
        Put(One);
        Clock.Advance(TimeSpan.FromDays(3));
        Get([EcrImageId.Digest(One.Digest)]);

        Row(One).LastRecordedPullTime.ShouldBe(Start.AddDays(3));
    }

    [Fact]
    public void The_recorded_time_lags_where_the_option_says_so()
    {
        Where(new() { PullTimeLag = TimeSpan.FromDays(1) });
        Put(One);
        Get([EcrImageId.Digest(One.Digest)]);
        Clock.Advance(TimeSpan.FromHours(23));
        Get([EcrImageId.Digest(One.Digest)]);
        Row(One).LastRecordedPullTime.ShouldBe(Start);

        Clock.Advance(TimeSpan.FromHours(1));
        Get([EcrImageId.Digest(One.Digest)]);
        Row(One).LastRecordedPullTime.ShouldBe(Start.AddDays(1));
    }

    [Fact]
    public void A_media_type_that_is_not_accepted_fails_or_where_the_option_says_so_comes_all_the_same()
    {
        Put(One);
        Get([EcrImageId.Digest(One.Digest)], ManifestMediaTypes.DockerImage)
            .Failures.ShouldHaveSingleItem()
            .FailureCode.ShouldBe("ImageNotFound");
        Get([EcrImageId.Digest(One.Digest)], ManifestMediaTypes.DockerImage, ManifestMediaTypes.OciImage).Images.Count.ShouldBe(1);

        Where(new() { UnacceptedMediaType = UnacceptedMediaType.AsStored });
        Put(One);
        Get([EcrImageId.Digest(One.Digest)], ManifestMediaTypes.DockerImage).Images.Count.ShouldBe(1);
    }

    [Fact]
    public void What_was_seeded_without_its_manifest_is_inaccessible()
    {
        Registry.Seed(App, new SeededImage { Digest = "sha256:aa" });

        Get([EcrImageId.Digest("sha256:aa")]).Failures.ShouldHaveSingleItem().FailureCode.ShouldBe("ImageInaccessible");
    }

    BatchGetImageAnswer Get(EcrImageId[] ids, params string[] accepted) =>
        Registry.BatchGetImage(new() { RepositoryName = App, ImageIds = ids, AcceptedMediaTypes = accepted.Length > 0 ? accepted : null });
}
