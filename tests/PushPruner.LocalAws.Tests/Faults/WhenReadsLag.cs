namespace PushPruner.LocalAws.Tests.Faults;

/// <summary>Reads that answer with what was there some seconds ago, each of them planned for the next call.</summary>
public sealed class WhenReadsLag : RegistryTest
{
    const string Arn = $"arn:aws:ecr:us-east-1:123456789012:repository/{App}";

    static readonly TimeSpan Lag = TimeSpan.FromSeconds(5);

    [Fact]
    public void What_was_just_pushed_is_not_found_by_its_id_and_is_found_by_the_next_call()
    {
        Put(One, "1.0");
        Clock.Advance(Lag - TimeSpan.FromSeconds(1));
        Registry.Faults.LagNext("DescribeImages", Lag, times: 2);

        Refused(() => Row(One), "ImageNotFoundException").Message.ShouldContain(One.Digest);
        Refused(() => Describe(EcrImageId.Tag("1.0")), "ImageNotFoundException");
        Row(One).ImageTags.ShouldBe(["1.0"]);
    }

    [Fact]
    public void What_was_pushed_before_that_time_is_found()
    {
        Put(One, "1.0");
        Clock.Advance(Lag);
        Registry.Faults.LagNext("DescribeImages", Lag, times: 2);

        Row(One).ImageTags.ShouldBe(["1.0"]);
        Describe(EcrImageId.Tag("1.0")).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_list_leaves_out_what_was_just_pushed()
    {
        Put(One, "1.0");
        Clock.Advance(Lag);
        Put(Two, "2.0");
        Registry.Faults.LagNext("DescribeImages", Lag);
        Registry.Faults.LagNext("ListImages", Lag);

        Listed().ShouldBe([One.Digest]);
        Registry.ListImages(new() { RepositoryName = App }).ImageIds.ShouldHaveSingleItem().ImageTag.ShouldBe("1.0");
        Listed().ShouldBe([One.Digest, Two.Digest], ignoreOrder: true);
    }

    [Fact]
    public void A_new_manifest_list_can_not_be_read_yet()
    {
        Put(One);
        Put(Two);
        Clock.Advance(Lag);
        Put(IndexOfBoth, "1.0");
        Registry.Faults.LagNext("BatchGetImage", Lag);

        var answer = Read(One, IndexOfBoth);

        answer.Images.ShouldHaveSingleItem().ImageId.ImageDigest.ShouldBe(One.Digest);
        answer.Failures.ShouldHaveSingleItem().FailureCode.ShouldBe("ImageNotFound");
        Read(One, IndexOfBoth).Failures.ShouldBeEmpty();
    }

    [Fact]
    public void An_image_does_not_show_a_tag_that_it_just_got()
    {
        Put(One, "1.0");
        Clock.Advance(Lag);
        Put(One, "prod");
        Registry.Faults.LagNext("DescribeImages", Lag);

        Row(One).ImageTags.ShouldBe(["1.0"]);
        Row(One).ImageTags.ShouldBe(["1.0", "prod"]);
    }

    [Fact]
    public void A_tag_that_just_moved_is_where_it_was()
    {
        Put(One, "latest");
        Put(Two);
        Clock.Advance(Lag);
        Put(Two, "latest");
        Registry.Faults.LagNext("DescribeImages", Lag, times: 3);

        Row(One).ImageTags.ShouldBe(["latest"]);
        Row(Two).ImageTags.ShouldBeNull();
        Describe(EcrImageId.Tag("latest")).ShouldHaveSingleItem().ImageDigest.ShouldBe(One.Digest);
        Row(One).ImageTags.ShouldBeNull();
        Row(Two).ImageTags.ShouldBe(["latest"]);
    }

    [Fact]
    public void A_tag_that_moved_away_and_back_is_shown_once()
    {
        Put(One, "latest");
        Put(Two);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Put(Two, "latest");
        Clock.Advance(TimeSpan.FromSeconds(1));
        Put(One, "latest");

        TagsAfter(TimeSpan.Zero).ShouldBe((1, 0));
        TagsAfter(TimeSpan.FromSeconds(1)).ShouldBe((0, 1));
        TagsAfter(TimeSpan.FromSeconds(2)).ShouldBe((1, 0));

        (int One, int Two) TagsAfter(TimeSpan lag)
        {
            Registry.Faults.LagNext("DescribeImages", lag, times: 2);
            return (Row(One).ImageTags?.Count ?? 0, Row(Two).ImageTags?.Count ?? 0);
        }
    }

    [Fact]
    public void The_filter_of_a_list_goes_by_the_tags_that_it_shows()
    {
        Put(One);
        Clock.Advance(Lag);
        Put(One, "1.0");
        Registry.Faults.LagNext("DescribeImages", Lag);

        Listed(new ImageFilter { TagStatus = "UNTAGGED" }).ShouldBe([One.Digest]);
        Listed(new ImageFilter { TagStatus = "UNTAGGED" }).ShouldBeEmpty();
    }

    [Fact]
    public void Where_only_tags_lag_an_image_shows_without_the_tag_that_came_with_it()
    {
        Put(One, "prod");
        Registry.Faults.Next("DescribeImages", Fault.LagOfTags(Lag));

        Row(One).ImageTags.ShouldBeNull();
        Row(One).ImageTags.ShouldBe(["prod"]);
    }

    [Fact]
    public void What_was_seeded_was_always_there()
    {
        Registry.Seed(App, One.At(Start, "1.0"));
        Registry.Faults.LagNext("DescribeImages", Lag);

        Row(One).ImageTags.ShouldBe(["1.0"]);
    }

    [Fact]
    public void A_delete_shows_at_once()
    {
        Put(One, "1.0");
        Put(One, "2.0");
        Put(Two, "3.0");
        Clock.Advance(Lag);
        Delete(EcrImageId.Pair(One.Digest, "1.0"));
        Delete(EcrImageId.Digest(Two.Digest));
        Registry.Faults.LagNext("DescribeImages", Lag, times: 2);

        Row(One).ImageTags.ShouldBe(["2.0"]);
        Refused(() => Row(Two), "ImageNotFoundException");
    }

    [Fact]
    public void A_delete_acts_on_what_is_there()
    {
        Put(One, "1.0");
        Registry.Faults.LagNext("BatchDeleteImage", Lag);

        Delete(EcrImageId.Pair(One.Digest, "1.0")).Failures.ShouldBeEmpty();
        Registry.Images(App).ShouldBeEmpty();
    }

    [Fact]
    public void A_callback_decides_call_by_call_whether_lists_or_lookups_lag()
    {
        Put(One);
        Registry.Faults.OnCall(call => call is { Operation: "DescribeImages", IdCount: 0 } ? Fault.Lag(Lag) : null);

        Listed().ShouldBeEmpty();
        Row(One).ImageDigest.ShouldBe(One.Digest);
    }

    [Theory]
    [InlineData("DescribeImages")]
    [InlineData("BatchGetImage")]
    [InlineData("BatchDeleteImage")]
    [InlineData("ListTagsForResource")]
    [InlineData("DescribeRepositories")]
    public void A_repository_is_not_found_once_although_it_is_there(string operation)
    {
        Put(One);
        Registry.Faults.MissRepositoryOfNext(operation);

        Refused(Call, "RepositoryNotFoundException").Message
            .ShouldBe("The repository with name 'app' does not exist in the registry with id '123456789012'");
        Should.NotThrow(Call);

        void Call()
        {
            switch (operation)
            {
                case "DescribeImages": Listed(); break;
                case "BatchGetImage": Read(One); break;
                case "BatchDeleteImage": Delete(EcrImageId.Digest(One.Digest)); break;
                case "ListTagsForResource": Registry.ListTagsForResource(new() { ResourceArn = Arn }); break;
                default: Registry.DescribeRepositories(new() { RepositoryNames = [App] }); break;
            }
        }
    }

    List<string> Listed(ImageFilter? filter = null) =>
        [.. Registry.DescribeImages(new() { RepositoryName = App, Filter = filter }).ImageDetails.Select(row => row.ImageDigest)];

    BatchGetImageAnswer Read(params IReadOnlyList<LocalManifest> manifests) =>
        Registry.BatchGetImage(new() { RepositoryName = App, ImageIds = [.. manifests.Select(each => EcrImageId.Digest(each.Digest))] });
}
