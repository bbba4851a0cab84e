using System.Text.Json;
using Amazon.ECR;
using Amazon.ECR.Model;

namespace PushPruner.Aws.Tests.StandIns;

public class EcrRequests
{
    [Fact]
    public async Task AreSignedForTheRegionAndTheServiceEcr()
    {
        await using var fake = await FakeEcr.Answering((200, "{}"));
        using var client = fake.Client();

        await client.DescribeRepositoriesAsync(new DescribeRepositoriesRequest());

        var authorization = fake.Requests.Single().Headers.Authorization.ToString();
        authorization.ShouldStartWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/");
        authorization.ShouldContain("/eu-west-1/ecr/aws4_request");
    }

    [Fact]
    public async Task NameTheirOperationAndSayOnlyWhatIsSet()
    {
        await using var fake = await FakeEcr.Answering((200, "{}"));
        using var client = fake.Client();

        await client.DescribeImagesAsync(new DescribeImagesRequest
        {
            RepositoryName = "team/app",
            MaxResults = 100,
            Filter = new DescribeImagesFilter { TagStatus = TagStatus.ANY, ImageStatus = ImageStatusFilter.ANY },
        });

        var (headers, body) = fake.Requests.Single();
        headers["X-Amz-Target"].ToString().ShouldBe("AmazonEC2ContainerRegistry_V20150921.DescribeImages");
        headers.ContentType.ToString().ShouldBe("application/x-amz-json-1.1");
        body.ShouldBe("""{"filter":{"imageStatus":"ANY","tagStatus":"ANY"},"maxResults":100,"repositoryName":"team/app"}""");
    }

    [Fact]
    public async Task ReadTheKeysOfTagsWithCapitals()
    {
        await using var fake = await FakeEcr.Answering((200, """{"tags":[{"Key":"team","Value":"blue"}]}"""));
        using var client = fake.Client();

        var tag = (await client.ListTagsForResourceAsync(new ListTagsForResourceRequest { ResourceArn = "arn" })).Tags.Single();

        (tag.Key, tag.Value).ShouldBe(("team", "blue"));
    }

    [Fact]
    public async Task AreRetriedWhenThrottledAndWhenTheServerFails()
    {
        await using var fake = await FakeEcr.Answering(
            (400, """{"__type":"ThrottlingException","message":"Rate exceeded"}"""),
            (500, """{"__type":"ServerException","message":"later"}"""),
            (200, """{"imageDetails":[{"imageDigest":"sha256:a"}]}"""));
        using var client = fake.Client();

        var response = await client.DescribeImagesAsync(new DescribeImagesRequest { RepositoryName = "app" });

        response.ImageDetails.Single().ImageDigest.ShouldBe("sha256:a");
        fake.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task HaveTheMembersOfEveryObjectInAlphabeticalOrder()
    {
        await using var fake = await FakeEcr.Answering([.. Enumerable.Repeat((200, "{}"), 4)]);
        using var client = fake.Client();
        ImageIdentifier[] ids = [new() { ImageDigest = "sha256:a", ImageTag = "1" }];

        await client.BatchDeleteImageAsync(new BatchDeleteImageRequest { RepositoryName = "app", RegistryId = "1", ImageIds = [.. ids] });
        await client.BatchGetImageAsync(
            new BatchGetImageRequest { RepositoryName = "app", RegistryId = "1", ImageIds = [.. ids], AcceptedMediaTypes = ["a/b"] });
        await client.DescribeImagesAsync(
            new DescribeImagesRequest
            {
                RepositoryName = "app",
                RegistryId = "1",
                ImageIds = [.. ids],
                NextToken = "n",
                MaxResults = 1,
                Filter = new DescribeImagesFilter { TagStatus = TagStatus.ANY, ImageStatus = ImageStatusFilter.ANY },
            });
        await client.DescribeRepositoriesAsync(
            new DescribeRepositoriesRequest
            {
                RepositoryNames = ["app"], RegistryId = "1", NextToken = "n", MaxResults = 1,
            });

        fake.Requests.Count.ShouldBe(4);
        foreach (var (_, body) in fake.Requests)
            ShouldBeInOrder(JsonDocument.Parse(body).RootElement, body);
    }

    static void ShouldBeInOrder(JsonElement element, string body)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                ShouldBeInOrder(item, body);
        }

        if (element.ValueKind == JsonValueKind.Object)
        {
            element.EnumerateObject().Select(member => member.Name).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal, body);
            foreach (var member in element.EnumerateObject())
                ShouldBeInOrder(member.Value, body);
        }
    }
}
