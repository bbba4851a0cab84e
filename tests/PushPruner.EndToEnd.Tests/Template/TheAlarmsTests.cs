using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PushPruner.EndToEnd.Tests.Template;

public sealed partial class TheAlarmsTests
{
    const int SecondsOfAWeek = 7 * 86_400;
    const string Topic = "arn:aws:sns:eu-west-1:123456789012:on-call";

    readonly IReadOnlyDictionary<string, JsonNode> alarms = new SamTemplate(("AlarmTopicArn", Topic)).Resources("AWS::CloudWatch::Alarm");

    [Fact]
    public void Each_says_what_to_do_and_where_to_read_on()
    {
        foreach (var (id, alarm) in alarms)
        {
            var result = alarm["Properties"]!["AlarmDescription"]!.GetValue<string>();
            result.Length.ShouldBeInRange(100, 1_024, id);
            Anchor().IsMatch(result).ShouldBeTrue($"{id}: {result}");
        }
    }

    [Fact]
    public void Each_alarm_notifies_the_topic_if_there_is_one()
    {
        foreach (var (id, alarm) in alarms)
            Actions(alarm).ShouldBe([Topic], id);
        foreach (var (id, alarm) in new SamTemplate().Resources("AWS::CloudWatch::Alarm"))
            Actions(alarm).ShouldBeEmpty(id);
    }

    // A new stack has no data either, and must not alarm for that.
    [Fact]
    public void Silence_is_good_everywhere_but_where_the_silence_is_what_alarms()
    {
        foreach (var (id, alarm) in alarms)
        {
            var properties = alarm["Properties"]!;
            properties["TreatMissingData"]!.GetValue<string>().ShouldBe(id == "ReconcileNotRun" ? "missing" : "notBreaching", id);
            properties.AsObject().ContainsKey("InsufficientDataActions").ShouldBe(id == "ReconcileNotRun", id);
        }
    }

    [Fact]
    public void None_looks_back_further_than_CloudWatch_does()
    {
        foreach (var (id, alarm) in alarms)
        {
            var properties = alarm["Properties"]!;
            var periods = properties["Metrics"] is JsonArray several
                ? several.Select(m => m!["MetricStat"]?["Period"]).OfType<JsonNode>()
                : [properties["Period"]!];
            // Metrics that are reckoned with must come in the same steps.
            var period = int.Parse(
                periods.Select(p => p.GetValue<string>()).Distinct().ShouldHaveSingleItem(id),
                System.Globalization.CultureInfo.InvariantCulture);
            (
                period * int.Parse(properties["EvaluationPeriods"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)
            ).ShouldBeLessThanOrEqualTo(SecondsOfAWeek, id);
        }
    }

    [Fact]
    public void Expressions_name_only_the_alarm_s_own_metrics()
    {
        foreach (var (id, alarm) in alarms.Where(a => a.Value["Properties"]!["Metrics"] is not null))
        {
            var metrics = alarm["Properties"]!["Metrics"]!.AsArray();
            var expression = metrics.Select(m => m!["Expression"]).OfType<JsonNode>().ShouldHaveSingleItem(id);
            var text = expression is JsonValue plain ? plain.GetValue<string>() : expression["Fn::Sub"]!.GetValue<string>();
            var names = Name().Matches(Placeholder().Replace(text, "")).Select(m => m.Value).Distinct();

            names.ShouldBe(
                metrics.Where(m => m!["MetricStat"] is not null).Select(m => m!["Id"]!.GetValue<string>()), ignoreOrder: true, id);
        }
    }

    // Step Functions' own most is a year: nothing would ever time out.
    [Fact]
    public void A_weekly_reconcile_times_out_before_the_next_begins() =>
        int.Parse(
                new SamTemplate().Resource("Reconcile")["Properties"]!["Definition"]!
                    ["TimeoutSeconds"]
                    .ShouldNotBeNull()
                    .GetValue<string>(),
                System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeLessThan(SecondsOfAWeek);

    // Of what a dry run does, only these metrics tell.
    [Fact]
    public void No_alarm_counts_what_a_dry_run_held_back() => alarms.Values.SelectMany(MetricUse.OfAlarm).Select(m => m.Name)
        .ShouldNotContain(name => name == "DryRunsHalted" || name == "BytesHeldBack" || name == "ImagesExpired");

    [Theory]
    [InlineData("cron(0 22 ? * FRI *)", "true", true)]
    [InlineData("", "true", false)]
    [InlineData("rate(30 days)", "false", false)]
    public void A_missed_reconcile_alarms_where_one_is_due_every_week(string schedule, string parameter, bool expected)
    {
        var template = new SamTemplate(("ReconcileSchedule", schedule), ("AlarmOnMissedReconcile", parameter));

        template.Holds(template.Resource("ReconcileNotRun")["Condition"]!.GetValue<string>()).ShouldBe(expected);
        DashboardBody.Of(template).ToJsonString().Contains("ReconcileNotRun.Arn", StringComparison.Ordinal).ShouldBe(expected);
    }

    [Fact]
    public void The_dashboard_shows_them_all() =>
        DashboardBody.Of(new SamTemplate())["widgets"]!.AsArray().Single(w => w!["type"]!.GetValue<string>() == "alarm")!["properties"]![
            "alarms"
        ]!
            .AsArray()
            .Select(arn =>
                Placeholder().Replace(arn!.GetValue<string>(), m => m.Groups["name"].Value).Replace(".Arn", "", StringComparison.Ordinal))
            .ShouldBe(alarms.Keys, ignoreOrder: true);

    static IEnumerable<string> Actions(JsonNode alarm) =>
        ((alarm["Properties"]!["AlarmActions"] ?? alarm["Properties"]!["InsufficientDataActions"])?.AsArray() ?? []).Select(a =>
            a!.GetValue<string>());

    [GeneratedRegex(@"docs/operations\.md#[a-z-]+$", RegexOptions.None, 1000)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"\b[a-z]+\b", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\$\{(?<name>[\w:.]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
