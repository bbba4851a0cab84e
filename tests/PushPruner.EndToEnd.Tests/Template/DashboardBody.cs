using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>What CloudFormation would make of the dashboard's text.</summary>
static partial class DashboardBody
{
    public static JsonNode Of(SamTemplate template)
    {
        var sub = template.Resource("Dashboard")["Properties"]!["DashboardBody"]!["Fn::Sub"]!;
        return JsonNode.Parse(Filled(sub[0]!.GetValue<string>(), sub[1]!))!;
    }

    static string Filled(string text, JsonNode own) => Placeholder().Replace(text, place =>
    {
        var name = place.Groups["name"].Value;
        if (own[name] is JsonValue value)
            return value.GetValue<string>();
        if (own[name]?["Fn::Sub"] is JsonValue nested)
            return nested.GetValue<string>();
        return SamTemplate.Parameters.TryGetValue(name, out var parameter) ? parameter["Default"]!.GetValue<string>() : name;
    });

    [GeneratedRegex(@"\$\{(?<name>[\w:.]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
