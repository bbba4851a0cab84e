using PushPruner.Jobs;

namespace PushPruner.Lambda.Metering;

/// <summary>What one invocation measured: at most one value a metric.</summary>
/// <param name="properties">
/// What the numbers belong to. A dimension would make a metric of each value; a property is only found by Logs Insights.
/// </param>
sealed class MetricLine(IEnumerable<(string Name, string Value)> properties)
{
    readonly List<(string Name, string Value)> properties = [.. properties];
    readonly List<(Metric Metric, long Value)> values = [];

    Action<MetricLine>? measure;

    public IReadOnlyList<(string Name, string Value)> Properties => properties;

    public IReadOnlyList<(Metric Metric, long Value)> Values => values;

    /// <summary>What the metrics by code are told by; null where nothing failed.</summary>
    public string? Code { get; private set; }

    public RunCounters Counters { get; } = new();

    /// <summary>Has this done when the run has ended, where what goes wrong with the numbers can't fail it.</summary>
    public void AtTheEnd(Action<MetricLine> measuring) => measure = measuring;

    public void Complete() => measure?.Invoke(this);

    // CloudWatch bills a metric for the hours in which it gets a value: a count of zero has none.
    public MetricLine Count(Metric metric, long value)
    {
        if (value > 0)
            values.Add((metric, value));
        return this;
    }

    public MetricLine Count(Metric metric, bool isSo = true) => Count(metric, isSo ? 1 : 0);

    /// <summary>A measurement, of which zero is one as well.</summary>
    public MetricLine Measure(Metric metric, long value)
    {
        values.Add((metric, value));
        return this;
    }

    public MetricLine CountByCode(Metric metric, long value, string code)
    {
        Code = code;
        return Count(metric, value);
    }

    public MetricLine Say(string property, string value)
    {
        properties.Add((property, value));
        return this;
    }
}
