using System.Net;
using Amazon.ECR;
using Amazon.ECR.Model;

namespace PushPruner.Aws.Tests.StandIns;

public class EcrErrors
{
    [Fact]
    public async Task OfTheModelAreTypedAndNameTheirRequest()
    {
        await using var fake = await FakeEcr.Answering((400, """{"__type":"RepositoryNotFoundException","message":"no app here"}"""));
        using var client = fake.Client();

        var error = await Should.ThrowAsync<RepositoryNotFoundException>(
            () => client.DescribeImagesAsync(new DescribeImagesRequest { RepositoryName = "app" }));

        error.Message.ShouldBe("no app here");
        error.ErrorCode.ShouldBe("RepositoryNotFoundException");
        error.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        error.RequestId.ShouldBe("request-1");
        fake.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AreTypedBehindANamespaceToo()
    {
        await using var fake = await FakeEcr.Answering((400, """{"__type":"com.amazonaws.ecr#ImageNotFoundException","message":"gone"}"""));
        using var client = fake.Client();

        await Should.ThrowAsync<ImageNotFoundException>(() => client.DescribeImagesAsync(new DescribeImagesRequest()));
    }

    [Theory]
    [InlineData("ThrottlingException")]
    [InlineData("AccessDeniedException")]
    public async Task OutsideTheModelKeepTheirCode(string code)
    {
        await using var fake = await FakeEcr.Answering((400, $$"""{"__type":"{{code}}","message":"no"}"""));
        using var client = fake.Client(retries: 0);

        var error = await Should.ThrowAsync<AmazonECRException>(() => client.BatchDeleteImageAsync(new BatchDeleteImageRequest()));

        error.GetType().ShouldBe(typeof(AmazonECRException));
        error.ErrorCode.ShouldBe(code);
        error.RequestId.ShouldBe("request-1");
    }

    [Fact]
    public async Task ThatAreNotJsonStillArriveAsErrorsOfEcr()
    {
        await using var fake = await FakeEcr.Answering((503, "<html>Service Unavailable</html>"));
        using var client = fake.Client(retries: 0);

        var error = await Should.ThrowAsync<AmazonECRException>(() => client.DescribeImagesAsync(new DescribeImagesRequest()));

        error.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }
}
