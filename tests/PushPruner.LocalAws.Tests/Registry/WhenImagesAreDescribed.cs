namespace PushPruner.LocalAws.Tests.Registry;

public sealed class WhenImagesAreDescribed : RegistryTest
{
    const string Absent = "sha256:aa";

    [Fact]
    public void One_missing_id_fails_the_whole_call_and_is_named()
    {
        Put(One);

        Refused(() => Describe(EcrImageId.Digest(One.Digest), EcrImageId.Digest(Absent)), "ImageNotFoundException")
            .Message.ShouldBe(
                "The image with imageId {imageDigest:'sha256:aa', imageTag:'null'} does not exist within the repository with name 'app' "
                    + "in the registry with id '123456789012'");
        Refused(() => Describe(EcrImageId.Tag("gone")), "ImageNotFoundException")
            .Message.ShouldContain("{imageDigest:'null', imageTag:'gone'}");
    }

    [Fact]
    public void Ids_are_one_hundred_at_most_and_not_none()
    {
        Refused(() => Describe([.. Enumerable.Repeat(EcrImageId.Digest(Absent), 101)]), "InvalidParameterException")
            .Message.ShouldContain("Member must have length less than or equal to 100");
        Refused(() => Describe(), "InvalidParameterException");
    }

    [Fact]
    public void Ids_and_paging_exclude_each_other()
    {
        Put(One);
        var byId = new DescribeImagesCall { RepositoryName = App, ImageIds = [EcrImageId.Digest(One.Digest)] };

        Refused(() => Registry.DescribeImages(byId with { MaxResults = 10 }), "InvalidParameterException");
        Refused(() => Registry.DescribeImages(byId with { NextToken = "x" }), "InvalidParameterException");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_page_has_one_to_a_thousand(int size) =>
        Refused(() => Registry.DescribeImages(new() { RepositoryName = App, MaxResults = size }), "InvalidParameterException");

    [Fact]
    public void Filters_and_tokens_that_make_no_sense_are_refused()
    {
        Refused(
            () => Registry.DescribeImages(
                new()
                {
                    RepositoryName = App, Filter = new() { TagStatus = "SOME" },
                }),
            "InvalidParameterException");
        Refused(
            () => Registry.DescribeImages(
                new()
                {
                    RepositoryName = App, Filter = new() { ImageStatus = "active" },
                }),
            "InvalidParameterException");
        Refused(() => Registry.DescribeImages(new() { RepositoryName = App, NextToken = "made up" }), "InvalidParameterException");
        Refused(() => Registry.DescribeImages(new()), "InvalidParameterException");
        Refused(() => Registry.DescribeImages(new() { RepositoryName = "Upper" }), "InvalidParameterException");
    }

    [Fact]
    public void Another_account_has_no_such_repository() =>
        Refused(() => Registry.DescribeImages(new() { RepositoryName = App, RegistryId = "210987654321" }), "RepositoryNotFoundException")
            .Message.ShouldEndWith("'210987654321'");

    [Theory]
    [InlineData("TAGGED", 1)]
    [InlineData("UNTAGGED", 2)]
    [InlineData("ANY", 3)]
    [InlineData(null, 3)]
    public void The_filter_knows_tagged_and_untagged(string? status, int count)
    {
        PutIndex("1.0");

        Registry.DescribeImages(new() { RepositoryName = App, Filter = new() { TagStatus = status } }).ImageDetails.Count.ShouldBe(count);
    }

    [Fact]
    public void An_image_named_twice_comes_once()
    {
        Put(One, "1.0");

        Describe(EcrImageId.Digest(One.Digest), EcrImageId.Tag("1.0"), EcrImageId.Pair(One.Digest, "1.0")).Count.ShouldBe(1);
    }

    [Fact]
    public void Their_order_is_not_that_of_their_pushes()
    {
        var digests = Enumerable.Range(0, 10).Select(i =>
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            return Put(ManifestFactory.Image($"{i}")).Digest;
        }).ToList();

        var described = Registry.DescribeImages(new() { RepositoryName = App }).ImageDetails.Select(row => row.ImageDigest).ToList();
        described.ShouldBe(digests, ignoreOrder: true);
        described.ShouldNotBe(digests);
    }
}
