namespace PushPruner.LocalAws.Tests.Registry;

public sealed class WhenImagesAreDeleted : RegistryTest
{
    [Fact]
    public void By_tag_only_the_tag_goes_while_others_stay()
    {
        Put(One, "1.0");
        Put(One, "prod");

        Delete(EcrImageId.Tag("1.0")).ImageIds.ShouldBe([EcrImageId.Pair(One.Digest, "1.0")]);
        Row(One).ImageTags.ShouldBe(["prod"]);
    }

    [Fact]
    public void By_its_last_tag_the_image_goes()
    {
        Put(One, "1.0");
        Put(One, "prod");

        Delete(EcrImageId.Tag("1.0"), EcrImageId.Tag("prod")).Failures.ShouldBeEmpty();
        Registry.Images(App).ShouldBeEmpty();
    }

    [Fact]
    public void By_digest_the_image_goes_with_all_its_tags()
    {
        Put(One, "1.0");
        Put(One, "prod");

        Delete(EcrImageId.Digest(One.Digest)).ImageIds.ShouldBe([EcrImageId.Pair(One.Digest, "1.0"), EcrImageId.Pair(One.Digest, "prod")]);
        Registry.Images(App).ShouldBeEmpty();
    }

    [Fact]
    public void An_untagged_one_is_answered_by_its_digest_alone()
    {
        Put(One);

        Delete(EcrImageId.Digest(One.Digest)).ImageIds.ShouldBe([EcrImageId.Digest(One.Digest)]);
    }

    [Theory]
    [InlineData(PairDelete.TagOnly, 1)]
    [InlineData(PairDelete.WholeImage, 0)]
    public void A_pair_takes_the_tag_or_where_the_option_says_so_the_image(PairDelete option, int left)
    {
        Where(new() { PairDelete = option });
        Put(One, "1.0");
        Put(One, "prod");

        Delete(EcrImageId.Pair(One.Digest, "1.0")).Failures.ShouldBeEmpty();
        Registry.Images(App).Count.ShouldBe(left);
    }

    [Fact]
    public void A_pair_whose_tag_has_moved_is_refused()
    {
        Put(One, "latest");
        Put(Two, "latest");

        Code(EcrImageId.Pair(One.Digest, "latest")).ShouldBe("ImageTagDoesNotMatchDigest");
        Registry.Images(App).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(UnknownTagOfPair.ImageNotFound, "ImageNotFound")]
    [InlineData(UnknownTagOfPair.ImageTagDoesNotMatchDigest, "ImageTagDoesNotMatchDigest")]
    public void A_pair_whose_tag_exists_nowhere_is_refused_as_the_option_says(UnknownTagOfPair option, string code)
    {
        Where(new() { UnknownTagOfPair = option });
        Put(One, "1.0");

        Code(EcrImageId.Pair(One.Digest, "gone")).ShouldBe(code);
    }

    [Fact]
    public void Each_id_that_fails_says_why_and_stops_no_other()
    {
        Put(One);

        var answer = Delete(
            EcrImageId.Tag("latest"),
            new(),
            EcrImageId.Digest("what"),
            EcrImageId.Tag("no spaces"),
            EcrImageId.Digest(One.Digest),
            EcrImageId.Digest(One.Digest));
        answer.Failures
            .Select(failure => failure.FailureCode)
            .ShouldBe(["ImageNotFound", "MissingDigestAndTag", "InvalidImageDigest", "InvalidImageTag", "ImageNotFound"]);
        answer.Failures[0].FailureReason.ShouldBe("Requested image not found");
        answer.ImageIds.ShouldBe([EcrImageId.Digest(One.Digest)]);
    }

    [Fact]
    public void A_member_of_an_index_is_refused_with_the_index_named()
    {
        PutIndex("1.0");

        var failure = Delete(EcrImageId.Digest(One.Digest)).Failures.ShouldHaveSingleItem();
        failure.FailureCode.ShouldBe("ImageReferencedByManifestList");
        failure.FailureReason.ShouldBe($"Requested image referenced by manifest list: [{IndexOfBoth.Digest}]");
    }

    [Fact]
    public void An_index_and_its_members_in_one_call_leave_the_members_for_the_next()
    {
        PutIndex("1.0");
        EcrImageId[] all = [EcrImageId.Digest(IndexOfBoth.Digest), EcrImageId.Digest(One.Digest), EcrImageId.Digest(Two.Digest)];

        Delete(all)
            .Failures.Select(failure => failure.FailureCode)
            .ShouldBe(["ImageReferencedByManifestList", "ImageReferencedByManifestList"]);
        Registry.Images(App).Select(image => image.Digest).ShouldBe([One.Digest, Two.Digest], ignoreOrder: true);
        Delete(all[1..]).Failures.ShouldBeEmpty();
        Registry.Images(App).ShouldBeEmpty();
    }

    [Fact]
    public void A_member_of_two_indexes_is_guarded_until_the_last_is_gone()
    {
        PutIndex("1.0");
        var other = ManifestFactory.ManifestList(One);
        Put(other, "2.0");
        Delete(EcrImageId.Tag("1.0"));

        Code(EcrImageId.Digest(One.Digest)).ShouldBe("ImageReferencedByManifestList");
        Delete(EcrImageId.Digest(Two.Digest), EcrImageId.Tag("2.0")).Failures.ShouldBeEmpty();
        Delete(EcrImageId.Digest(One.Digest)).Failures.ShouldBeEmpty();
    }

    [Fact]
    public void A_member_can_lose_a_tag_but_not_its_last()
    {
        Put(One, "amd64");
        Put(One, "also");
        PutIndex();

        Delete(EcrImageId.Tag("also")).Failures.ShouldBeEmpty();
        Code(EcrImageId.Tag("amd64")).ShouldBe("ImageReferencedByManifestList");

        void PutIndex()
        {
            Put(Two);
            Put(IndexOfBoth);
        }
    }

    [Theory]
    [InlineData(true, "ImageReferencedByManifestList")]
    [InlineData(false, null)]
    public void An_index_in_an_index_is_guarded_or_not_as_the_option_says(bool guarded, string? code)
    {
        Where(new() { NestedListsAreGuarded = guarded });
        PutIndex();
        Put(ManifestFactory.ManifestList(IndexOfBoth), "nested");

        Code(EcrImageId.Digest(IndexOfBoth.Digest)).ShouldBe(code);
    }

    [Fact]
    public void A_subject_is_not_guarded_by_its_referrers()
    {
        Put(One);
        Put(ManifestFactory.Referrer(One));

        Code(EcrImageId.Digest(One.Digest)).ShouldBeNull();
    }

    [Fact]
    public void Ids_are_one_hundred_at_most() =>
        Refused(() => Delete([.. Enumerable.Repeat(EcrImageId.Tag("x"), 101)]), "InvalidParameterException")
            .Message.ShouldContain("Member must have length less than or equal to 100");

    [Fact]
    public void An_immutable_repository_lets_them_go()
    {
        Registry.CreateRepository(new CreateRepositoryCall { RepositoryName = "fixed", ImageTagMutability = "IMMUTABLE" });
        Registry.PutImage(One.Put("fixed", "1.0"));

        Registry.BatchDeleteImage(new() { RepositoryName = "fixed", ImageIds = [EcrImageId.Tag("1.0")] }).Failures.ShouldBeEmpty();
    }

    string? Code(EcrImageId id) => Delete(id).Failures.SingleOrDefault()?.FailureCode;
}
