using System.Globalization;

namespace PushPruner.LocalAws.Tests.Registry;

public sealed class WhenRepositoriesComeAndGo : RegistryTest
{
    const string Arn = "arn:aws:ecr:us-east-1:123456789012:repository/app";

    [Fact]
    public void They_are_what_ECR_says_of_them()
    {
        var repository = Registry.DescribeRepositories(new() { RepositoryNames = [App] }).Repositories.ShouldHaveSingleItem();
        repository.RepositoryArn.ShouldBe(Arn);
        repository.RepositoryUri.ShouldBe("123456789012.dkr.ecr.us-east-1.amazonaws.com/app");
        repository.CreatedAt.ShouldBe(Start);
        repository.ImageTagMutability.ShouldBe("MUTABLE");
    }

    [Theory]
    [InlineData("App")]
    [InlineData("a")]
    [InlineData("-app")]
    [InlineData("app/")]
    [InlineData("a..b")]
    [InlineData("team/app:1")]
    public void Names_follow_the_rules(string name) =>
        Refused(() => Registry.CreateRepository(name), "InvalidParameterException").Message.ShouldContain("'repositoryName'");

    [Theory]
    [InlineData("team/app")]
    [InlineData("a__b-c--d.e_f/0")]
    public void Names_may_have_parts(string name) => Registry.CreateRepository(name).RepositoryName.ShouldBe(name);

    [Fact]
    public void A_name_is_taken_once() => Refused(() => Registry.CreateRepository(App), "RepositoryAlreadyExistsException");

    [Fact]
    public void They_come_in_pages()
    {
        foreach (var i in Enumerable.Range(0, 5))
            Registry.CreateRepository(string.Create(CultureInfo.InvariantCulture, $"repo-{i}"));

        var first = Registry.DescribeRepositories(new() { MaxResults = 4 });
        var second = Registry.DescribeRepositories(new() { MaxResults = 4, NextToken = first.NextToken });
        first.Repositories.Concat(second.Repositories).Select(repository => repository.RepositoryName)
            .ShouldBe(["app", "repo-0", "repo-1", "repo-2", "repo-3", "repo-4"]);
        second.NextToken.ShouldBeNull();
    }

    [Fact]
    public void One_with_images_goes_by_force_only()
    {
        Put(One);

        Refused(() => Registry.DeleteRepository(new() { RepositoryName = App }), "RepositoryNotEmptyException");
        Registry.DeleteRepository(new() { RepositoryName = App, Force = true });
        Refused(() => Describe(EcrImageId.Digest(One.Digest)), "RepositoryNotFoundException");
    }

    [Fact]
    public void Resource_tags_are_set_changed_and_taken_off()
    {
        Registry.TagResource(new() { ResourceArn = Arn, Tags = [Tag("pushpruner:keep-newest", "5"), Tag("owner", "a team @ b/c")] });
        Registry.TagResource(new() { ResourceArn = Arn, Tags = [Tag("pushpruner:keep-newest", "6")] });
        Registry.UntagResource(new() { ResourceArn = Arn, TagKeys = ["owner"] });

        Registry.ListTagsForResource(new() { ResourceArn = Arn }).Tags.ShouldBe([Tag("pushpruner:keep-newest", "6")]);
        Registry.Calls.All[^1].Repository.ShouldBe(App);
    }

    [Theory]
    [InlineData("v*")]
    [InlineData("a,b")]
    [InlineData("a\"b")]
    public void Resource_tags_hold_certain_characters_only(string value) =>
        Refused(() => Registry.TagResource(new() { ResourceArn = Arn, Tags = [Tag("k", value)] }), "InvalidTagParameterException");

    [Theory]
    [InlineData("app", "InvalidParameterException")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:repository/gone", "RepositoryNotFoundException")]
    [InlineData("arn:aws:ecr:eu-west-1:123456789012:repository/app", "InvalidParameterException")]
    public void Resource_tags_go_by_the_full_name(string arn, string code) =>
        Refused(() => Registry.ListTagsForResource(new() { ResourceArn = arn }), code);

    static ResourceTag Tag(string key, string value) => new() { Key = key, Value = value };
}
