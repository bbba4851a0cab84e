using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PushPruner.EndToEnd.Tests.Template;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>A state machine as it is deployed: the template's definition with its substitutions made.</summary>
sealed partial class StateMachine
{
    const string Account = "123456789012";

    StateMachine(string name, JsonNode definition)
    {
        Name = name;
        Definition = definition;
    }

    public string Name { get; }

    public JsonNode Definition { get; }

    public static string Arn(string name) => $"arn:aws:states:us-east-1:{Account}:stateMachine:{name}";

    public static string FunctionArn(string name) => $"arn:aws:lambda:us-east-1:{Account}:function:{name}";

    public static StateMachine Of(SamTemplate template, string name)
    {
        var substitutions = template.Resource(name)["Properties"]!["DefinitionSubstitutions"]!
            .AsObject()
            .ToDictionary(s => s.Key, s => Deployed(s.Value!));
        var used = new HashSet<string>(StringComparer.Ordinal);
        var definition = Substitute(SamTemplate.Definition(name), match =>
        {
            used.Add(match.Groups["name"].Value);
            return substitutions[match.Groups["name"].Value];
        });
        used.ShouldBe(substitutions.Keys, ignoreOrder: true);
        StateFields.Check(definition);
        return new(name, definition);
    }

    static JsonNode Substitute(JsonNode node, MatchEvaluator value) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Substitute(p.Value!, value)))),
        JsonArray list => new JsonArray([.. list.Select(item => Substitute(item!, value))]),
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => Substitution().Replace(text, value),
        _ => node.DeepClone(),
    };

    static string Deployed(JsonNode value) => value switch
    {
        JsonValue text => text.GetValue<string>(),
        JsonObject o when o["Fn::GetAtt"] is JsonArray of && of[1]!.GetValue<string>() == "Arn" => FunctionArn(of[0]!.GetValue<string>()),
        JsonObject o when o["Ref"]?.GetValue<string>() is "AWS::Partition" => "aws",
        JsonObject o when o["Ref"]?.GetValue<string>() is { } id => Arn(id),
        _ => throw new NotSupportedException($"{value.ToJsonString()} as a substitution: teach this reader what it means"),
    };

    [GeneratedRegex(@"\$\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Substitution();
}
