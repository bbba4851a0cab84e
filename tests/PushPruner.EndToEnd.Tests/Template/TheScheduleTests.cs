using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>When the reconcile starts by itself.</summary>
public sealed class TheScheduleTests
{
    [Fact]
    public void It_starts_the_state_machine_at_the_time_that_the_stack_says_without_overrides()
    {
        var schedule = new SamTemplate(("ReconcileSchedule", "rate(3 days)"), ("ReconcileTimeZone", "Europe/Berlin")).Resource(
            "WeeklyReconcile")["Properties"]!;

        schedule["ScheduleExpression"]!.GetValue<string>().ShouldBe("rate(3 days)");
        schedule["ScheduleExpressionTimezone"]!.GetValue<string>().ShouldBe("Europe/Berlin");
        schedule["Target"]!["Arn"]!.ToJsonString().ShouldBe("""{"Ref":"Reconcile"}""");
        schedule["Target"]!["Input"]!.GetValue<string>().ShouldBe("{}");
        schedule["Target"]!["DeadLetterConfig"]!["Arn"]!.ToJsonString().ShouldBe("""{"Fn::GetAtt":["FailedEvents","Arn"]}""");
    }

    [Fact]
    public void Without_one_there_is_neither_a_schedule_nor_its_role()
    {
        Exist(new SamTemplate()).ShouldBe(["WeeklyReconcile", "WeeklyReconcileRole"], ignoreOrder: true);
        Exist(new SamTemplate(("ReconcileSchedule", ""))).ShouldBeEmpty();
    }

    static IEnumerable<string> Exist(SamTemplate template) => new[] { "AWS::Scheduler::Schedule", "AWS::IAM::Role" }
        .SelectMany(template.Resources)
        .Where(r => r.Value["Condition"] is JsonValue condition && template.Holds(condition.GetValue<string>()))
        .Select(r => r.Key);
}
