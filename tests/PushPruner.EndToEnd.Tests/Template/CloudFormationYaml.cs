using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>Reads a template as the JSON that CloudFormation takes it for: tags become functions (<c>!If</c> is <c>Fn::If</c>), and all scalars text.</summary>
static class CloudFormationYaml
{
    public static JsonNode Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return Convert(yaml.Documents.Single().RootNode)!;
    }

    static JsonNode? Convert(YamlNode node)
    {
        var value = Untagged(node);
        if (node.Tag.IsEmpty || node.Tag.Value is not ['!', not '!', ..] tag)
            return value;

        return tag[1..] switch
        {
            "Ref" => new JsonObject { ["Ref"] = value },
            "GetAtt" => new JsonObject { ["Fn::GetAtt"] = new JsonArray([.. value!.GetValue<string>().Split('.', 2).Select(part => JsonValue.Create(part))]) },
            "Sub" or "If" or "Equals" or "Not" => new JsonObject { [$"Fn::{tag[1..]}"] = value },
            _ => throw new NotSupportedException($"{tag} at {node.Start}: teach this reader what it means"),
        };
    }

    static JsonNode? Untagged(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Convert(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Convert)]),
        YamlScalarNode { Value: "", Style: ScalarStyle.Plain } => null,
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new NotSupportedException($"{node.NodeType} at {node.Start}"),
    };
}
