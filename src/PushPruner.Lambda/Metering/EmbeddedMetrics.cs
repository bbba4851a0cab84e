using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using PushPruner.Aws.Throttling;

namespace PushPruner.Lambda.Metering;

/// <summary>
/// Writes the measurements of an invocation as one line in CloudWatch's embedded metric format. CloudWatch reads the metrics from the
/// function's log, so no call is needed.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// </summary>
/// <param name="output">Where the function's log is written.</param>
/// <param name="stack">The dimension that separates the deployments of one account and region; null or empty if there is none.</param>
public sealed class EmbeddedMetrics(TextWriter output, string? stack, TimeProvider clock, ILogger<EmbeddedMetrics> logger)
{
    public const string Namespace = "PushPruner";

    /// <summary>The dimension that all metrics have.</summary>
    public const string Stack = "Stack";

    /// <summary>The second dimension of metrics that are also split by error code.</summary>
    public const string Code = "Code";

    // Unchecked names may be of any length, and CloudWatch finds no metrics in a line that it cuts.
    const int LongestText = 256;

    readonly ILogger logger = UnfailingLogger.Around(logger);

    /// <param name="failed">The metric to count if it throws.</param>
    internal async Task<T> MeasureAsync<T>(
        Metric failed, IEnumerable<(string Name, string Value)> properties, Func<MetricLine, Task<T>> runAsync)
    {
        var line = new MetricLine(properties);
        var throttles = Throttles.Begin();
        try
        {
            return await runAsync(line);
        }
        catch (Exception e)
        {
            line.CountByCode(
                failed, 1, e is AmazonServiceException { ErrorCode.Length: > 0 } service ? service.ErrorCode : e.GetType().Name);
            throw;
        }
        finally
        {
            TryWrite(line, throttles);
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "The run has ended: lost metrics must not make it look failed.")]
    void TryWrite(MetricLine line, Throttles throttles)
    {
        try
        {
            line.Complete();
            Measures.OfCounters(line);
            Write(line.Count(Metric.ApiThrottles, throttles.Count));
        }
        catch (Exception e)
        {
            logger.MetricsLost(e.GetType().Name, SafeText.Of(e.Message));
        }
    }

    void Write(MetricLine line)
    {
        if (line.Values.Count == 0)
            return;

        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", clock.GetUtcNow().ToUnixTimeMilliseconds());
            json.WriteStartArray("CloudWatchMetrics");
            WriteDirective(json, line.Values.Where(v => !v.Metric.IsByCode), isByCode: false);
            WriteDirective(json, line.Values.Where(v => v.Metric.IsByCode), isByCode: true);
            json.WriteEndArray();
            json.WriteEndObject();

            WriteText(json, Stack, stack);
            WriteText(json, Code, line.Code);
            foreach (var (name, value) in line.Properties)
                WriteText(json, name, value);
            foreach (var (metric, value) in line.Values)
                json.WriteNumber(metric.Name, value);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    void WriteDirective(Utf8JsonWriter json, IEnumerable<(Metric Metric, long Value)> values, bool isByCode)
    {
        if (!values.Any())
            return;

        json.WriteStartObject();
        json.WriteString("Namespace", Namespace);
        json.WriteStartArray("Dimensions");
        WriteDimensions(json, isByCode: false);
        if (isByCode)
            WriteDimensions(json, isByCode);
        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var (metric, _) in values)
        {
            json.WriteStartObject();
            json.WriteString("Name", metric.Name);
            json.WriteString("Unit", metric.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    void WriteDimensions(Utf8JsonWriter json, bool isByCode)
    {
        json.WriteStartArray();
        if (!string.IsNullOrEmpty(stack))
            json.WriteStringValue(Stack);
        if (isByCode)
            json.WriteStringValue(Code);
        json.WriteEndArray();
    }

    static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, value.Length > LongestText ? value.AsSpan(0, LongestText) : value);
    }
}
