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
        body.ShouldBe("""{"repositoryName":"team/app","maxResults":100,"filter":{"tagStatus":"ANY","imageStatus":"ANY"}}""");
    }

    [Fact]
    public async Task SpellTheKeysOfTagsWithCapitals()
    {
        await using var fake = await FakeEcr.Answering((200, """{"tags":[{"Key":"team","Value":"blue"}]}"""), (200, "{}"));
        using var client = fake.Client();

        var tags = (await client.ListTagsForResourceAsync(new ListTagsForResourceRequest { ResourceArn = "arn" })).Tags;
        await client.TagResourceAsync(new TagResourceRequest { ResourceArn = "arn", Tags = tags });

        fake.Requests.Last().Body.ShouldBe("""{"resourceArn":"arn","tags":[{"Key":"team","Value":"blue"}]}""");
    }

    [Fact]
    public async Task AreRetriedWhenThrottledAndWhenTheServerFails()
    {
        await using var fake = await FakeEcr.Answering(
            (400, """{"__type":"ThrottlingException","message":"Rate exceeded"}"""),
            (500, """{"__type":"ServerException","message":"later"}"""),
            (200, """{"imageIds":[{"imageDigest":"sha256:a"}]}"""));
        using var client = fake.Client();

        var response = await client.ListImagesAsync(new ListImagesRequest { RepositoryName = "app" });

        response.ImageIds.Single().ImageDigest.ShouldBe("sha256:a");
        fake.Requests.Count.ShouldBe(3);
    }
}
