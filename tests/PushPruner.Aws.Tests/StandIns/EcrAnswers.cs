using System.Globalization;
using Amazon.ECR;
using Amazon.ECR.Model;
using Amazon.Runtime;

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

    [Theory]
    [InlineData("1763461234", "2025-11-18T10:20:34.000Z")]
    [InlineData("1763461234.1239999", "2025-11-18T10:20:34.123Z")]
    [InlineData("1.763461234E9", "2025-11-18T10:20:34.000Z")]
    [InlineData("\"1763461234.5\"", "2025-11-18T10:20:34.500Z")]
    [InlineData("\"2025-11-18T10:20:34Z\"", "2025-11-18T10:20:34.000Z")]
    [InlineData("\"2025-11-18T12:20:34.1234567+02:00\"", "2025-11-18T10:20:34.1234567Z")]
    [InlineData("\"Tue, 18 Nov 2025 10:20:34 GMT\"", "2025-11-18T10:20:34.000Z")]
    [InlineData("-1", "1969-12-31T23:59:59.000Z")]
    public async Task ReadATimeFromANumberOfSecondsAndFromText(string json, string expected)
    {
        await using var fake = await FakeEcr.Answering((200, $$"""{"imageDetails":[{"imagePushedAt":{{json}}}]}"""));
        using var client = fake.Client();

        var image = (await client.DescribeImagesAsync(new DescribeImagesRequest())).ImageDetails.Single();

        image.ImagePushedAt.ShouldBe(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).UtcDateTime);
        image.ImagePushedAt!.Value.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Theory]
    [InlineData("1763461234567")]
    [InlineData("\"\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("1e400")]
    public async Task FailWholeForATimeThatIsNone(string json)
    {
        await using var fake = await FakeEcr.Answering((200, $$"""{"imageDetails":[{"imagePushedAt":{{json}}},{"imagePushedAt":1}]}"""));
        using var client = fake.Client(retries: 0);

        await Should.ThrowAsync<AmazonUnmarshallingException>(() => client.DescribeImagesAsync(new DescribeImagesRequest()));

        fake.Requests.Count.ShouldBe(1);
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
        await using var fake = await FakeEcr.Answering((200, """{"name":"BLOB_MOUNTING","value":"ENABLED"}"""));
        using var client = fake.Client();

        var response = await client.GetAccountSettingAsync(new GetAccountSettingRequest { Name = "BLOB_MOUNTING" });

        response.ResponseMetadata.RequestId.ShouldBe("request-1");
    }
}
