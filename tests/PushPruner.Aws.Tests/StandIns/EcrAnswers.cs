using Amazon.ECR;
using Amazon.ECR.Model;

namespace PushPruner.Aws.Tests.StandIns;

public class EcrAnswers
{
    [Fact]
    public async Task KeepTimesToTheMillisecond()
    {
        await using var fake = await FakeEcr.Answering(
            (200, """{"imageDetails":[{"imagePushedAt":1763461234.567,"lastRecordedPullTime":1763461234}]}"""));
        using var client = fake.Client();

        var image = (await client.DescribeImagesAsync(new DescribeImagesRequest())).ImageDetails.Single();

        image.ImagePushedAt.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1763461234567).UtcDateTime);
        image.ImagePushedAt!.Value.Kind.ShouldBe(DateTimeKind.Utc);
        image.LastRecordedPullTime.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1763461234).UtcDateTime);
        image.LastArchivedAt.ShouldBeNull();
    }

    [Fact]
    public async Task LeaveAbsentCollectionsNull()
    {
        await using var fake = await FakeEcr.Answering((200, """{"imageDetails":[{"imageDigest":"sha256:a"}]}"""), (200, "{}"));
        using var client = fake.Client();

        (await client.DescribeImagesAsync(new DescribeImagesRequest())).ImageDetails.Single().ImageTags.ShouldBeNull();
        (await client.BatchDeleteImageAsync(new BatchDeleteImageRequest())).Failures.ShouldBeNull();
    }

    [Fact]
    public async Task KeepConstantsThatNobodyKnewOf()
    {
        await using var fake = await FakeEcr.Answering(
            (200, """{"failures":[{"failureCode":"ImageNotFound"},{"failureCode":"ImageIsAsleep"}]}"""));
        using var client = fake.Client();

        var failures = (await client.BatchGetImageAsync(new BatchGetImageRequest())).Failures;

        failures[0].FailureCode.ShouldBe(ImageFailureCode.ImageNotFound);
        failures[1].FailureCode.Value.ShouldBe("ImageIsAsleep");
    }

    [Fact]
    public async Task CarryTheRequestIdInTheirMetadata()
    {
        await using var fake = await FakeEcr.Answering((200, """{"image":{"imageManifest":"{}"}}"""));
        using var client = fake.Client();

        var response = await client.PutImageAsync(new PutImageRequest { RepositoryName = "app", ImageManifest = "{}" });

        response.ResponseMetadata.RequestId.ShouldBe("request-1");
    }
}
