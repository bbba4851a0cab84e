using System.Text.Json.Nodes;
using PushPruner.Jobs;

namespace PushPruner.Lambda.Tests.Events;

/// <summary>Answered with what is wrong, never an exception; nothing is asked of ECR and nothing written.</summary>
public sealed class EventsThatAreNoPushesOfOursTests(Deployment deployment) : IClassFixture<Deployment>
{
    const string Push = """
        {"version":"0","id":"e","detail-type":"ECR Image Action","source":"aws.ecr","account":"123456789012","time":"2026-06-01T11:00:00Z",
         "region":"us-east-1","resources":[],"detail":{"result":"SUCCESS","repository-name":"app",
         "image-digest":"sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234567b","action-type":"PUSH","image-tag":"1.0"}}
        """;

    [Theory]
    [InlineData("source", "\"aws.ecs\"", "its source is \"aws.ecs\", not \"aws.ecr\"")]
    [InlineData("source", null, "its source is missing, not \"aws.ecr\"")]
    [InlineData("source", "7", "its source is missing, not \"aws.ecr\"")]
    [InlineData("detail", null, "it has no detail")]
    [InlineData("detail", "[1]", "it has no detail")]
    [InlineData("detail-type", "\"ECR Image Scan\"", "it is \"ECR Image Scan\" with action \"PUSH\", not a push")]
    [InlineData("detail-type", "\"ECR Replication Action\"", "it is \"ECR Replication Action\" with action \"PUSH\", not a push")]
    [InlineData("detail.action-type", "\"DELETE\"", "it is \"ECR Image Action\" with action \"DELETE\", not a push")]
    [InlineData("detail.action-type", null, "it is \"ECR Image Action\" with action missing, not a push")]
    [InlineData("detail.result", "\"FAILURE\"", "its result is \"FAILURE\", not \"SUCCESS\"")]
    [InlineData("account", "\"210987654321\"", "its account is \"210987654321\", not 123456789012")]
    [InlineData("region", "\"eu-west-1\"", "its region is \"eu-west-1\", not us-east-1")]
    [InlineData("detail.repository-name", null, "its repository-name is missing")]
    [InlineData("detail.repository-name", "\"../etc\"", "its repository-name is \"../etc\"")]
    [InlineData("detail.repository-name", "\"App\"", "its repository-name is \"App\"")]
    [InlineData("detail.image-digest", "\"\"", "its image-digest is \"\"")]
    [InlineData("detail.image-digest", "\"sha256:7f5b\"", "its image-digest is \"sha256:7f5b\"")]
    [InlineData("detail.image-digest", "\"\\ud800\"", "its image-digest is missing")]
    [InlineData("detail.image-tag", "\"a b\"", "its image-tag is \"a b\"")]
    [InlineData("time", null, "its time is missing or not a time")]
    [InlineData("time", "\"yesterday\"", "its time is missing or not a time")]
    public async Task It_is_ignored_and_says_why(string field, string? value, string why)
    {
        deployment.Ecr.Calls.Clear();
        var evt = JsonNode.Parse(Push)!.AsObject();
        var path = field.Split('.');
        var parent = path.Length == 1 ? evt : evt[path[0]]!.AsObject();
        if (value is null)
            parent.Remove(path[^1]);

        var json = value is null ? evt.ToJsonString() : Replace(evt, path, value);
        var result = await deployment.InvokeAsync(json);

        result.Outcome.ShouldBe(Outcome.Ignored);
        result.Why.ShouldBe(why);
        deployment.Ecr.Calls.Count().ShouldBe(0);
    }

    [Theory]
    [InlineData("UPDATE_STORAGE_CLASS")]
    [InlineData("REPLICATE")]
    public async Task Of_a_referrer_only_the_push_is_served(string action)
    {
        var evt = Push.Replace("ECR Image Action", "ECR Referrer Action", StringComparison.Ordinal)
            .Replace("\"PUSH\"", $"\"{action}\"", StringComparison.Ordinal);

        (await deployment.InvokeAsync(evt)).Why.ShouldBe($"it is \"ECR Referrer Action\" with action \"{action}\", not a push");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"push\"")]
    [InlineData("{}")]
    [InlineData("{\"detail\":{\"image-digest\":{\"image-digest\":[]}},\"resources\":\"none\",\"time\":7}")]
    public async Task Any_JSON_that_is_no_event_is_ignored(string json) =>
        (await deployment.InvokeAsync(json)).Outcome.ShouldBe(Outcome.Ignored);

    // As text, so that values that no serializer would write can stand there.
    static string Replace(JsonObject evt, string[] path, string value)
    {
        var parent = path.Length == 1 ? evt : evt[path[0]]!.AsObject();
        parent[path[^1]] = "@@value@@";
        return evt.ToJsonString().Replace("\"@@value@@\"", value, StringComparison.Ordinal);
    }
}
