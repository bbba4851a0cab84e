using PushPruner.Jobs;

namespace PushPruner.Lambda.Metering;

/// <summary>The measurements of one invocation: at most one value per metric.</summary>
/// <param name="properties">
/// What the numbers belong to. A dimension would make a metric per value; a property is only for Logs Insights.
/// </param>
sealed class MetricLine(IEnumerable<(string Name, string Value)> properties)
{
    readonly List<(string Name, string Value)> properties = [.. properties];
    readonly List<(Metric Metric, long Value)> values = [];

    Action<MetricLine>? measure;

    public IReadOnlyList<(string Name, string Value)> Properties => properties;

    public IReadOnlyList<(Metric Metric, long Value)> Values => values;

    /// <summary>The error code of the metrics by code; null if nothing failed.</summary>
    public string? Code { get; private set; }

    public RunCounters Counters { get; } = new();

    /// <summary>Runs this after the run, where an error in the metrics cannot fail it.</summary>
    public void AtTheEnd(Action<MetricLine> measuring) => measure = measuring;

    public void Complete() => measure?.Invoke(this);

    // CloudWatch bills a metric for the hours in which it gets a value, so a count of zero is not written.
    public MetricLine Count(Metric metric, long value)
    {
        if (value > 0)
            values.Add((metric, value));
        return this;
    }

    public MetricLine Count(Metric metric, bool isSo = true) => Count(metric, isSo ? 1 : 0);

    /// <summary>A measurement. Zero is written too.</summary>
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

    public MetricLine AddProperty(string property, string value)
    {
        properties.Add((property, value));
        return this;
    }
}
