using System.Globalization;
using System.Text.Json.Nodes;

namespace PushPruner.Cli.Tests.Saved;

/// <summary>Times as versions 1 and 2 of the AWS CLI, boto3 and the Java SDK were seen to print them.</summary>
public sealed class TimestampTests : IDisposable
{
    static readonly string Folder = Path.Combine("Saved", "Data", "describe-images");

    // sha256 begins with: pushed at.
    static readonly Dictionary<string, string> Iso = new(StringComparer.Ordinal)
    {
        ["ee0008e5"] = "2021-08-26T21:39:43Z",
        ["01f988a0"] = "2021-04-06T07:40:56Z",
        ["b85f9328"] = "2022-06-04T15:44:12Z",
        ["93ba576c"] = "2023-09-26T16:04:50Z",
        ["ac058e5f"] = "2023-09-24T20:04:08Z",
        ["a1801b84"] = "2023-04-17T22:22:33Z",
        ["00000000"] = "2023-11-06T11:19:48Z",
        ["b338785a"] = "2024-10-11T14:03:01.207Z",
        ["112f62a8"] = "2025-04-22T00:12:53.51Z",
        ["74269528"] = "2025-10-20T05:02:02.457Z",
        ["177aa1b7"] = "2022-08-29T14:46:49Z",
    };

    static readonly Dictionary<string, string> Epoch = new(StringComparer.Ordinal)
    {
        ["4265535a"] = "2017-12-07T01:39:07Z",
        ["95906ec1"] = "2018-09-07T18:50:18Z",
        ["513e7d8a"] = "2018-11-27T03:34:16Z",
        ["2d27533d"] = "2019-05-12T08:08:16Z",
        ["fef73499"] = "2019-07-27T07:25:05Z",
        ["468e70aa"] = "2019-09-23T23:40:28Z",
        ["4d8e765b"] = "2020-02-12T08:31:33Z",
        ["b0673693"] = "2020-04-13T08:58:03Z",
        ["3feaf9e7"] = "2020-12-26T22:29:21Z",
        ["f4708235"] = "2021-10-05T07:20:57Z",
        ["c8ab0a19"] = "2021-10-19T11:28:04Z",
        ["d6e54cbe"] = "2023-07-24T16:19:20Z",
        ["7486d05d"] = "2023-11-01T13:32:09Z",
        ["c4952702"] = "2024-06-18T19:07:19Z",
    };

    readonly Listings listings = new();

    public void Dispose() => listings.Dispose();

    [Fact]
    public Task Of_version_2_with_any_offset() => CompareAsync("timestamp-formats-iso.json", Iso);

    [Fact]
    public Task Of_version_1_in_seconds() => CompareAsync("timestamp-formats-epoch.json", Epoch);

    [Theory]
    [InlineData("boto3-two-images-2022-03.json", "2022-03-17T19:14:46Z", "2022-03-12T14:54:58Z")]
    [InlineData("java-sdk-nulls-2024-06-18.json", "2024-06-18T19:07:19Z")]
    [InlineData("moved-latest-2021-11.json", "2021-11-09T09:41:35Z", "2021-11-07T20:32:42Z")]
    [InlineData("moved-latest-before-2021-11.json", "2021-11-07T20:32:42Z")]
    [InlineData("helm-chart-2021-05-04.json", "2021-05-04T15:16:24Z")]
    [InlineData("index-row-2025-08-23.json", "2025-08-24T02:48:06.969Z")]
    [InlineData(
        "docker-push-with-provenance-app-2025-03-09.json",
        "2025-03-09T18:36:55.949Z",
        "2025-03-09T18:36:55.306Z",
        "2025-03-09T18:36:55.302Z")]
    [InlineData(
        "docker-push-with-provenance-web-2025-03-15.json",
        "2025-03-15T15:47:53.707Z",
        "2025-03-15T15:47:53.161Z",
        "2025-03-15T15:47:53.153Z")]
    [InlineData("docker-push-with-provenance-2026-02-05.cut-short.json", "2026-02-05T13:53:36.827Z", "2026-02-05T13:53:36.811Z")]
    [InlineData("docker-push-with-provenance-2026-08-24.cut-short.json", "2026-08-24T13:57:44.073Z", "2026-08-24T13:57:44.049Z")]
    public async Task Of_whole_recordings(string file, params string[] newestFirst)
    {
        var result = await Listings.PlanAsync(Path.Combine(Folder, file), "--at", "2026-12-01", "--json");

        result.ExitCode.ShouldBe(0, result.Error);
        Listings.AllImages(result).Select(PushedAt).ShouldBe(newestFirst.Select(Time));
    }

    [Fact]
    public async Task A_time_without_a_zone_is_said_to_be_read_as_utc()
    {
        var (without, with) = (
            Path.Combine(Folder, "boto3-two-images-2022-03.json"), Path.Combine(Folder, "java-sdk-nulls-2024-06-18.json"));

        (await Listings.PlanAsync(without)).Output.ShouldContain("Some times in the listing have no zone, and were read as UTC.");
        (await Listings.PlanAsync(with)).Output.ShouldNotContain("zone");
    }

    [Theory]
    [InlineData("1772352900", "2026-03-01T08:15:00Z")]
    [InlineData("1772352900.5", "2026-03-01T08:15:00.5Z")]
    [InlineData("1772352900123", "2026-03-01T08:15:00.123Z")]
    [InlineData("1.7723529E9", "2026-03-01T08:15:00Z")]
    [InlineData("\"1772352900.5\"", "2026-03-01T08:15:00.5Z")]
    [InlineData("\"2026-03-01T08:15:00Z\"", "2026-03-01T08:15:00Z")]
    [InlineData("\"2026-03-01T08:15:00.123456789Z\"", "2026-03-01T08:15:00.1234567Z")]
    [InlineData("\"2026-03-01 09:15:00+01:00\"", "2026-03-01T08:15:00Z")]
    [InlineData("\"2026-03-01T04:15:00-0400\"", "2026-03-01T08:15:00Z")]
    [InlineData("\"2026-03-01T08:15\"", "2026-03-01T08:15:00Z")]
    [InlineData("\" 2026-03-01T08:15:00+00:00 \"", "2026-03-01T08:15:00Z")]
    public async Task In_every_notation(string written, string expected)
    {
        var image = Listings.Image(1, 0, tags: "1");
        image["imagePushedAt"] = JsonNode.Parse(written);

        var result = await Listings.PlanAsync(listings.Has("images.json", Listings.Of(image)), "--json");

        result.ExitCode.ShouldBe(0, result.Error);
        PushedAt(Listings.AllImages(result).Single()).ShouldBe(Time(expected));
    }

    [Theory]
    [InlineData("\"03/01/2026 08:15\"")]
    [InlineData("\"1 March 2026\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2026-02-30T08:15:00Z\"")]
    [InlineData("\"0001-01-01T00:00:00+14:00\"")]
    [InlineData("\"\"")]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("true")]
    [InlineData("{}")]
    public async Task What_is_no_time_is_refused_with_its_place_and_value(string written)
    {
        var image = Listings.Image(1, 0, tags: "1");
        image["imagePushedAt"] = JsonNode.Parse(written);
        var file = listings.Has("images.json", Listings.Of(image));

        var result = await Listings.PlanAsync(file);

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldBe(
            $"{file}: imagePushedAt of {Listings.DigestOf(1)} is {JsonNode.Parse(written)!.ToJsonString()}: a time such as "
                + $"\"2026-03-01T08:15:00+00:00\" or 1772352900.0\n");
    }

    [Theory]
    [InlineData("null", "in doubt: ECR gave no time of its push")]
    [InlineData("\"0001-01-01T00:00:00Z\"", "in doubt: its push time 0001-01-01 is before ECR existed")]
    [InlineData("0", "in doubt: its push time 1970-01-01 is before ECR existed")]
    [InlineData("\"9999-12-31T23:59:59Z\"", "in doubt: its push time 9999-12-31 is in the future")]
    public async Task A_time_that_can_not_be_is_doubt_and_keeps(string written, string reason)
    {
        var image = Listings.Image(1, 0, tags: "1");
        image["imagePushedAt"] = JsonNode.Parse(written);
        var index = Listings.Image(2, 0, tags: "v2");
        index["imageManifestMediaType"] = "application/vnd.oci.image.index.v1+json";
        var untagged = image.DeepClone().AsObject();
        (untagged["imageDigest"], untagged["imageTags"]) = (Listings.DigestOf(3), new JsonArray());

        var result = await Listings.PlanAsync(listings.Has("images.json", Listings.Of(image, index, untagged)), "--json");

        result.ExitCode.ShouldBe(0, result.Error);
        var images = Listings.AllImages(result);
        images.Single(i => i["digest"]!.GetValue<string>() == Listings.DigestOf(1))["reason"]!.GetValue<string>().ShouldBe(reason);
        images.ShouldAllBe(i => i["verdict"]!.GetValue<string>() != "expired");
    }

    static async Task CompareAsync(string file, Dictionary<string, string> expected)
    {
        var result = await Listings.PlanAsync(Path.Combine(Folder, file), "--json");

        result.ExitCode.ShouldBe(0, result.Error);
        Listings.AllImages(result)
            .ToDictionary(i => i["digest"]!.GetValue<string>()[7..15], PushedAt, StringComparer.Ordinal)
            .ShouldBe(expected.ToDictionary(e => e.Key, e => Time(e.Value), StringComparer.Ordinal), ignoreOrder: true);
    }

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    static DateTimeOffset PushedAt(JsonNode image) => image["pushedAt"]!.GetValue<DateTimeOffset>();
}
