using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PushPruner.EndToEnd.Tests.StateMachines;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>The expression of the alarm NoEvents, evaluated over what three days show.</summary>
public sealed partial class WhetherNoEventsAlarmsTests(JsonataServer jsonata) : IClassFixture<JsonataServer>
{
    const double Silent = 0;

    [Theory]
    [InlineData("the rule is disabled, and the reconcile found 40 pushes", 40, Silent, true)]
    [InlineData("the rule is disabled in a quiet registry", 3, Silent, true)]
    [InlineData("one event was lost in a quiet registry", 1, Silent, false)]
    [InlineData("an image and its signature lost their events", 2, Silent, false)]
    [InlineData("REPOSITORIES excluded a repository: its pushes were ignored, and so handled", 40, 40d, false)]
    [InlineData("a repository was included again, and others were pushed to", 40, 1d, false)]
    [InlineData("all is well", 0, 200d, false)]
    [InlineData("nobody pushes", 0, Silent, false)]
    public async Task It_needs_several_missed_pushes_and_no_invocation_at_all(
        string situation,
        int missed,
        double invocations,
        bool alarms) => (await IsAlarmAsync(missed, invocations)).ShouldBe(alarms, situation);

    async Task<bool> IsAlarmAsync(int missed, double invocations)
    {
        var alarm = new SamTemplate().Resource("NoEvents")["Properties"]!;
        var expression = alarm["Metrics"]!.AsArray().Select(m => m!["Expression"]).OfType<JsonNode>().Single().GetValue<string>();
        var bindings = new JsonObject { ["missed"] = missed };
        // As CloudWatch gives it: Lambda has no data point where there was no invocation.
        if (invocations > 0)
            bindings["invocations"] = invocations;

        var value = await jsonata.Evaluator.EvaluateAsync(
            $"{{% {AsJsonata(expression)} %}}", bindings, TestContext.Current.CancellationToken);
        alarm["ComparisonOperator"]!.GetValue<string>().ShouldBe("GreaterThanOrEqualToThreshold");
        return value!.GetValue<double>() >= double.Parse(alarm["Threshold"]!.GetValue<string>(), CultureInfo.InvariantCulture);
    }

    // What metric math and JSONata write differently, as far as this expression goes.
    static string AsJsonata(string expression) =>
        "($IF := function($c, $a, $b) { $c ? $a : $b }; $FILL := function($m, $v) { $exists($m) ? $m : $v }; "
        + Functions()
            .Replace(Names().Replace(expression, "$$$0"), "$$$0")
            .Replace("==", "=", StringComparison.Ordinal)
            .Replace(" AND ", " and ", StringComparison.Ordinal)
        + ")";

    [GeneratedRegex(@"\b[a-z]+\b", RegexOptions.None, 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"\b(IF|FILL)(?=\()", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Functions();
}
