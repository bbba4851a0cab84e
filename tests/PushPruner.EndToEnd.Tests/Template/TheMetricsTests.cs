using System.Reflection;
using PushPruner.Lambda.Metering;
using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>
/// What alarms and the dashboard look at, and what the code emits; that each is emitted, and with these dimensions, the tests of the lines
/// show.
/// </summary>
public sealed class TheMetricsTests
{
    readonly SamTemplate template = new();

    static IReadOnlyList<Metric> Emitted { get; } =
    [.. typeof(Metric).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<Metric>()];

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
    public void Each_is_explained_with_its_unit()
    {
        var rows = File.ReadLines(Path.Combine(Checkout.Root, "docs", "metrics.md"));

        foreach (var metric in Emitted)
        {
            rows.ShouldContain(
                row => row.StartsWith($"| `{metric.Name}`{(metric.IsByCode ? " *" : "")} | {metric.Unit} |", StringComparison.Ordinal),
                metric.Name);
        }
    }

    [Fact]
    public void Each_alarm_is_explained_in_the_runbook()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "metrics.md"));

        template.Resources("AWS::CloudWatch::Alarm").Keys.Where(id => !page.Contains($"`{id}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void No_two_have_one_name()
    {
        Emitted.Count.ShouldBeGreaterThan(20);
        Emitted.Select(m => m.Name).ShouldBeUnique();
    }

    static MetricUse Of(Metric metric, string dimensions) => new(EmbeddedMetrics.Namespace, metric.Name, dimensions);
}
