using Amazon.ECR.Model;
using PushPruner.Aws.Ecr;

namespace PushPruner.Aws.Tests.Ecr;

/// <summary>The times of an image as ECR's client gives them, and as the index compares them.</summary>
public sealed class TimesOfImagesTests
{
    static readonly DateTime Noon = new(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    static Manifest Read(DateTime time) => ImageDetails.Read(new ImageDetail
    {
        ImageDigest = "sha256:" + new string('1', 64),
        ImagePushedAt = time,
        LastActivatedAt = time,
        LastRecordedPullTime = time,
    })!;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9_999)]
    public void A_fraction_of_a_millisecond_is_cut(long ticks)
    {
        var manifest = Read(Noon.AddMilliseconds(123).AddTicks(ticks));

        manifest.PushedAt.ShouldBe(new DateTimeOffset(Noon.AddMilliseconds(123)));
        manifest.LastActivatedAt.ShouldBe(manifest.PushedAt);
        manifest.LastPulledAt.ShouldBe(manifest.PushedAt);
    }

    [Fact]
    public void A_whole_millisecond_more_is_a_later_time() =>
        Read(Noon.AddMilliseconds(124)).PushedAt.ShouldBe(Read(Noon.AddMilliseconds(123)).PushedAt!.Value.AddMilliseconds(1));

    [Fact]
    public void The_earliest_and_the_latest_time_can_be_read()
    {
        Read(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)).PushedAt.ShouldBe(DateTimeOffset.MinValue);
        Read(DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)).PushedAt!.Value.Year.ShouldBe(9999);
    }
}
