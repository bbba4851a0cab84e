using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>Reads a template as the JSON that CloudFormation takes it for: tags become functions (<c>!If</c> is <c>Fn::If</c>).</summary>
static class CloudFormationYaml
{
    /// <summary>With all scalars as text.</summary>
    public static JsonNode Read(string text) => Convert(Root(text), value => JsonValue.Create(value))!;

    /// <summary>With whole numbers and truth values as such where they stand without quotes.</summary>
    public static JsonNode ReadTyped(string text) => Convert(
        Root(text),
        value =>
            bool.TryParse(value, out var truth) ? truth
            : long.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number
            : JsonValue.Create(value))!;

    static YamlNode Root(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents.Single().RootNode;
    }

    static JsonNode? Convert(YamlNode node, Func<string, JsonNode?> plain)
    {
        var value = Untagged(node, plain);
        if (node.Tag.IsEmpty || node.Tag.Value is not ['!', not '!', ..] tag)
            return value;

        return tag[1..] switch
        {
            "Condition" => new JsonObject { ["Condition"] = value },
            "Ref" => new JsonObject { ["Ref"] = value },
            "GetAtt" => new JsonObject
            {
                ["Fn::GetAtt"] = new JsonArray([.. value!.GetValue<string>().Split('.', 2).Select(part => JsonValue.Create(part))]),
            },
            "And" or "Sub" or "If" or "Equals" or "Not" => new JsonObject { [$"Fn::{tag[1..]}"] = value },
            _ => throw new NotSupportedException($"{tag} at {node.Start}: teach this reader what it means"),
        };
    }

    static JsonNode? Untagged(YamlNode node, Func<string, JsonNode?> plain) => node switch
    {
        YamlMappingNode map => new JsonObject(
            map.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Convert(entry.Value, plain)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(item => Convert(item, plain))]),
        YamlScalarNode { Value: "", Style: ScalarStyle.Plain } => null,
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => plain(scalar.Value!),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new NotSupportedException($"{node.NodeType} at {node.Start}"),
    };
}
