using PushPruner.Aws.Ecr;
using PushPruner.LocalAws;
using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Ecr;

public sealed class FindingTheRegistryTests() : EcrTest(new LocalRegistryOptions { AccountId = "210987654321" })
{
    static readonly RegistryHome Home = new("aws", "us-east-1", "210987654321");

    [Fact]
    public async Task Any_repository_tells_where_it_is() =>
        (await RegistryLocator.FindAsync(Client, TestContext.Current.CancellationToken)).ShouldBe(Home);

    [Fact]
    public async Task An_empty_registry_can_not_tell()
    {
        Local.DeleteRepository(new DeleteRepositoryCall { RepositoryName = App });

        (await RegistryLocator.FindAsync(Client, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_named_repository_gives_the_registry_without_a_call_for_others()
    {
        Local.Calls.Clear();

        (await RegistryLocator.FindAsync(Client, App, TestContext.Current.CancellationToken)).ShouldBe(Home);

        Local.Calls.All.ShouldHaveSingleItem().IdCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_named()
    {
        var e = await Should.ThrowAsync<NoSuchRepositoryException>(() =>
            RegistryLocator.FindAsync(Client, "nosuch", TestContext.Current.CancellationToken));

        e.Repository.ShouldBe("nosuch");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("arn:aws:ecr:us-east-1:210987654321")]
    [InlineData("arn:aws:ecr::210987654321:repository/app")]
    [InlineData("arn:aws:lambda:us-east-1:210987654321:function:app")]
    public void Only_the_arn_of_a_repository_tells(string? arn) =>
        Should
            .Throw<FormatException>(() => RegistryHome.OfRepository(arn))
            .Message.ShouldBe($"\"{arn}\" is not the ARN of an ECR repository");
}
