using Amazon.ECR.Model;

namespace PushPruner.Aws.Tests.StandIns;

public class EcrPaginators
{
    [Fact]
    public async Task FollowTheTokenToTheLastPage()
    {
        await using var fake = await FakeEcr.Answering(
            (200, """{"repositories":[{"repositoryName":"a"}],"nextToken":"more"}"""),
            (200, """{"nextToken":"still more"}"""),
            (200, """{"repositories":[{"repositoryName":"b"}]}"""));
        using var client = fake.Client();

        var names = new List<string>();
        await foreach (var repository in client.Paginators.DescribeRepositories(new DescribeRepositoriesRequest()).Repositories)
        {
            names.Add(repository.RepositoryName);
        }

        names.ShouldBe(["a", "b"]);
        fake.Requests.Select(request => request.Body).ShouldBe(["{}", """{"nextToken":"more"}""", """{"nextToken":"still more"}"""]);
    }

    [Fact]
    public async Task AreGoodForOneUse()
    {
        await using var fake = await FakeEcr.Answering((200, "{}"));
        using var client = fake.Client();
        var images = client.Paginators.ListImages(new ListImagesRequest()).ImageIds;
        await Count(images);

        await Should.ThrowAsync<InvalidOperationException>(() => Count(images));
    }

    static async Task<int> Count<T>(IAsyncEnumerable<T> items)
    {
        var count = 0;
        await foreach (var _ in items)
        {
            count++;
        }

        return count;
    }
}
