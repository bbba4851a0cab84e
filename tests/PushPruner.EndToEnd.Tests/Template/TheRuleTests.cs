using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>Which events the rule hands to the function.</summary>
public sealed class TheRuleTests
{
    readonly JsonNode rule = new SamTemplate().Functions["OnImagePushed"]["Events"]!["Push"]!["Properties"]!;

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles("events", "*.json"), .. Directory.EnumerateFiles(Path.Combine("Data", "events"), "*.json")];

    // A rule can't tell accounts or repositories apart here: events of other accounts reach no one's bus by themselves, and the function
    // ignores them.
    [Theory]
    [MemberData(nameof(Files))]
    public void Each_recorded_event_matches_unless_its_name_says_that_it_failed(string file)
    {
        var failed = Path.GetFileName(file).Contains("-fail", StringComparison.Ordinal);

        Matches(JsonNode.Parse(File.ReadAllText(file))!).ShouldBe(!failed);
    }

    [Fact]
    public void The_push_of_a_referrer_matches_by_either_name() =>
        MatchesWith(e => e["detail-type"] = "ECR Referrer Action").ShouldBeTrue();

    [Theory]
    [InlineData("detail-type", "ECR Image Scan")]
    [InlineData("detail-type", "ECR Pull Through Cache Action")]
    [InlineData("source", "my.app")]
    public void What_another_says_or_says_of_something_else_doesn_t(string field, string value) =>
        MatchesWith(e => e[field] = value).ShouldBeFalse();

    [Theory]
    [InlineData("action-type", "DELETE")]
    [InlineData("action-type", "UPDATE_STORAGE_CLASS")]
    [InlineData("result", "FAILURE")]
    [InlineData("result", "FAILED")]
    [InlineData("result", null)]
    public void What_is_no_successful_push_doesn_t(string field, string? value) =>
        MatchesWith(e => e["detail"]![field] = value).ShouldBeFalse();

    [Fact]
    public void Only_source_detail_type_and_detail_are_asked_for_since_ECR_leaves_resources_empty() =>
        rule["Pattern"]!.AsObject().Select(p => p.Key).ShouldBe(["source", "detail-type", "detail"]);

    [Fact]
    public void What_can_t_be_handed_over_or_handled_waits_in_one_queue()
    {
        var function = new SamTemplate().Functions["OnImagePushed"];

        rule["DeadLetterConfig"]!["Arn"]!.ToJsonString().ShouldBe("""{"Fn::GetAtt":["FailedEvents","Arn"]}""");
        function["EventInvokeConfig"]!["DestinationConfig"]!["OnFailure"]!["Destination"]!
            .ToJsonString()
            .ShouldBe("""{"Fn::GetAtt":["FailedEvents","Arn"]}""");
    }

    bool MatchesWith(Action<JsonNode> change)
    {
        var evt = JsonNode.Parse(File.ReadAllText(Path.Combine("events", "push-tagged.json")))!;
        change(evt);
        return Matches(evt);
    }

    bool Matches(JsonNode evt) => EventPattern.Matches(rule["Pattern"]!, evt);
}
