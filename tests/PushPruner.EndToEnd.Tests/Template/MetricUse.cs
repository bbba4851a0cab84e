using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>A metric as an alarm or the dashboard names it.</summary>
/// <param name="Dimensions">Their names with commas between.</param>
sealed partial record MetricUse(string Namespace, string Name, string Dimensions)
{
    public static IEnumerable<MetricUse> OfAlarm(JsonNode alarm)
    {
        var properties = alarm["Properties"]!;
        var metrics = properties["Metrics"] is JsonArray several
            ? several.Select(m => m!["MetricStat"]?["Metric"]).OfType<JsonNode>()
            : [properties];
        return metrics.Select(m => new MetricUse(
            m["Namespace"]!.GetValue<string>(),
            m["MetricName"]!.GetValue<string>(),
            Names(m["Dimensions"]!.AsArray().Select(d => d!["Name"]!))));
    }

    public static IEnumerable<MetricUse> OfDashboard(JsonNode body) =>
        body["widgets"]!
            .AsArray()
            .SelectMany(w => w!["properties"]!["metrics"]?.AsArray() ?? [])
            .SelectMany(row =>
                row![0] is JsonObject expression
                    ? OfExpression(expression["expression"]!.GetValue<string>())
                    : [OfRow([.. row.AsArray().Where(cell => cell is JsonValue).Select(cell => cell!.GetValue<string>())])]);

    // ["namespace", "name", "dimension", "value", ..., {options}]
    static MetricUse OfRow(string[] row) => new(row[0], row[1], string.Join(',', row[2..].Where((_, at) => at % 2 == 0)));

    static IEnumerable<MetricUse> OfExpression(string expression)
    {
        if (Schema().Match(expression) is not { Success: true } schema)
            return [];

        var among = expression[expression.IndexOf("MetricName=", StringComparison.Ordinal)..];
        return Quoted()
            .Matches(among)
            .Select(name => new MetricUse(schema.Groups["space"].Value, name.Groups["name"].Value, schema.Groups["dimensions"].Value));
    }

    static string Names(IEnumerable<JsonNode> names) => string.Join(',', names.Select(n => n.GetValue<string>()));

    [GeneratedRegex(@"^SEARCH\('\{(?<space>[^,]+),(?<dimensions>[^}]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Schema();

    [GeneratedRegex(@"""(?<name>\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
