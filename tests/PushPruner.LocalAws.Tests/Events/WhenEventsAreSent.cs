using System.Text.Json;
using System.Text.RegularExpressions;

namespace PushPruner.LocalAws.Tests.Events;

public sealed class WhenEventsAreSent : RegistryTest
{
    static readonly LocalManifest Docker = ManifestFactory.Image("docker", format: ManifestFormat.Docker);

    [Fact]
    public void A_push_of_an_index_is_one_event_for_each_manifest_members_first()
    {
        PutIndex("1.0");

        Events.Select(happened => (happened.Digest, happened.Tag))
            .ShouldBe([(One.Digest, null), (Two.Digest, null), (IndexOfBoth.Digest, "1.0")]);
    }

    [Theory]
    [InlineData("push-multiarch-1-child-2025-09-25.json", 0)]
    [InlineData("push-untagged-oci-2025-06-11.json", 1)]
    [InlineData("push-multiarch-2-index-2025-09-25.json", 2)]
    [InlineData("push-tagged-docker-2023-09-12.json", 3)]
    public void A_push_has_the_keys_and_the_shape_of_values_of_a_recorded_one(string recorded, int index)
    {
        PutIndex("v4-soci");
        Put(Docker, "0.1.0");

        var capture = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "events", recorded));
        Shape(JsonElement.Parse(Events[index].Json)).ShouldBe(Shape(JsonElement.Parse(capture)));
    }

    [Fact]
    public void Its_time_is_the_registrys_in_whole_seconds()
    {
        Put(One);

        JsonElement.Parse(Events[0].Json).GetProperty("time").GetString().ShouldBe("2026-11-25T10:00:00Z");
    }

    [Fact]
    public void A_replicated_image_arrives_without_a_push()
    {
        Registry.Replicate("replica", One.At(Start, "3.17.2"), "us-west-2");

        var happened = Events.ShouldHaveSingleItem();
        happened.DetailType.ShouldBe("ECR Replication Action");
        var json = JsonElement.Parse(happened.Json);
        json.GetProperty("resources")[0].GetString().ShouldBe("arn:aws:ecr:us-east-1:123456789012:repository/replica");
        json.GetProperty("detail").EnumerateObject().Select(property => $"{property.Name}={property.Value}").ShouldBe(
        [
            "result=SUCCESS", "repository-name=replica", $"image-digest={One.Digest}", "source-account=123456789012",
            "action-type=REPLICATE", "source-region=us-west-2", "image-tag=3.17.2",
        ]);
        Registry.Images("replica").ShouldHaveSingleItem().Tags.ShouldBe(["3.17.2"]);
    }

    [Fact]
    public void A_replicated_image_is_a_push_too_where_the_option_says_so()
    {
        Where(new() { ReplicationSendsPushToo = true });
        Registry.Replicate("replica", One.At(Start), "us-west-2");

        Events.Select(happened => happened.ActionType).ShouldBe(["PUSH", "REPLICATE"]);
    }

    [Theory]
    [InlineData(ReferrerPushEvent.ImageAction, "ECR Image Action")]
    [InlineData(ReferrerPushEvent.ReferrerAction, "ECR Referrer Action")]
    public void A_referrers_push_is_of_the_type_that_the_option_says(ReferrerPushEvent option, string type)
    {
        Where(new() { ReferrerPushEvent = option });
        Put(ManifestFactory.Referrer(One));

        Events.ShouldHaveSingleItem().DetailType.ShouldBe(type);
    }

    [Theory]
    [InlineData(DeleteEvents.None, new string[0])]
    [InlineData(DeleteEvents.OnePerTag, new[] { "a", "b", "" })]
    [InlineData(DeleteEvents.OnePerDigest, new[] { "a", "" })]
    public void Deletes_send_what_the_option_says(DeleteEvents option, string[] tags)
    {
        Where(new() { DeleteEvents = option });
        Put(One, "a");
        Put(One, "b");
        Put(Two);
        Events.Clear();
        Delete(EcrImageId.Digest(One.Digest), EcrImageId.Digest(Two.Digest));

        Events
            .Select(happened => JsonElement.Parse(happened.Json).GetProperty("detail").GetProperty("image-tag").GetString())
            .ShouldBe(tags);
        Events.ShouldAllBe(happened => happened.ActionType == "DELETE");
    }

    [Fact]
    public void A_subscriber_may_call_the_registry_and_can_leave()
    {
        var sizes = new List<int>();
        var subscription = Registry.Subscribe(_ => sizes.Add(Registry.Images(App).Count));
        Put(One);
        subscription.Dispose();
        Put(Two);

        sizes.ShouldBe([1]);
    }

    /// <summary>Every path with the kind of its value: what a consumer could come to rely on.</summary>
    static IEnumerable<string> Shape(JsonElement element, string path = "") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Shape(property.Value, $"{path}/{property.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Shape(item, path + "[]")).Prepend($"{path} array"),
        _ => [$"{path} {Kind(element.ToString())}"],
    };

    static string Kind(string value) => value switch
    {
        "" => "empty",
        _ when Regex.IsMatch(
                value,
                @"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)) => "id",
        _ when Regex.IsMatch(value, @"\Asha256:[0-9a-f]{64}\z", RegexOptions.None, TimeSpan.FromSeconds(1)) => "digest",
        _ when Regex.IsMatch(value, @"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\z", RegexOptions.None, TimeSpan.FromSeconds(1)) => "time",
        _ when Regex.IsMatch(value, @"\A\d{12}\z", RegexOptions.None, TimeSpan.FromSeconds(1)) => "account",
        _ when value.StartsWith("application/vnd.", StringComparison.Ordinal)
                || value is "ECR Image Action" or "aws.ecr" or "PUSH" or "SUCCESS" => value,
        _ => "text",
    };
}
