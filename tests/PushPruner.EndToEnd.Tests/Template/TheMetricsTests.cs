using System.Reflection;
using PushPruner.Lambda.Metering;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>What alarms and the dashboard look at, and what the code emits; that each is emitted, and with these dimensions, the tests of the lines show.</summary>
public sealed class TheMetricsTests
{
    readonly SamTemplate template = new();

    static IReadOnlyList<Metric> Emitted { get; } = [.. typeof(Metric).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<Metric>()];

    IEnumerable<MetricUse> Used => template.Resources("AWS::CloudWatch::Alarm").Values.SelectMany(MetricUse.OfAlarm)
        .Concat(MetricUse.OfDashboard(DashboardBody.Of(template)))
        .Where(m => m.Namespace == EmbeddedMetrics.Namespace);

    [Fact]
    public void Whatever_is_looked_at_is_emitted_with_the_same_dimensions()
    {
        var emitted = Emitted.SelectMany<Metric, MetricUse>(m => m.IsByCode ? [Of(m, "Stack"), Of(m, "Stack,Code")] : [Of(m, "Stack")]);

        Used.Distinct().Except(emitted).ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_is_emitted_is_looked_at() => Emitted.Select(m => m.Name).Except(Used.Select(m => m.Name)).ShouldBeEmpty();

    [Fact]
    public void No_two_have_one_name()
    {
        Emitted.Count.ShouldBeGreaterThan(20);
        Emitted.Select(m => m.Name).ShouldBeUnique();
    }

    static MetricUse Of(Metric metric, string dimensions) => new(EmbeddedMetrics.Namespace, metric.Name, dimensions);
}
