using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>
/// template.yaml as a stack with these parameters would have it: conditions are decided, and references to parameters are their values.
/// </summary>
sealed class SamTemplate
{
    static readonly JsonNode Source = CloudFormationYaml.Read(File.ReadAllText(Path));
    static readonly JsonNode Typed = CloudFormationYaml.ReadTyped(File.ReadAllText(Path));

    readonly Dictionary<string, string> parameters;
    readonly JsonNode decided;

    /// <param name="values">Beside the defaults.</param>
    public SamTemplate(params (string Name, string Value)[] values)
    {
        parameters = Parameters.ToDictionary(p => p.Key, p => p.Value["Default"]!.GetValue<string>());
        foreach (var (name, value) in values)
            parameters[name] = value;
        decided = Decide(Source)!;
    }

    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "deployed", "template.yaml");

    public static IReadOnlyDictionary<string, JsonNode> Parameters { get; } =
        Source["Parameters"]!.AsObject().ToDictionary(p => p.Key, p => p.Value!);

    /// <summary>The functions by logical id, each with what it has of Globals.</summary>
    public IReadOnlyDictionary<string, JsonNode> Functions => Resources("AWS::Serverless::Function")
        .ToDictionary(f => f.Key, f => Merged(decided["Globals"]!["Function"]!, f.Value["Properties"]!));

    public JsonNode Resource(string id) => decided["Resources"]![id]!;

    /// <summary>A state machine's definition as it stands there, with numbers as such and <c>${substitutions}</c> yet to be made.</summary>
    public static JsonNode Definition(string stateMachine) => Typed["Resources"]![stateMachine]!["Properties"]!["Definition"]!.DeepClone();

    /// <summary>The types of all resources.</summary>
    public IEnumerable<string> Types => decided["Resources"]!.AsObject().Select(r => r.Value!["Type"]!.GetValue<string>()).Distinct();

    public IReadOnlyDictionary<string, JsonNode> Resources(string type) => decided["Resources"]!.AsObject()
        .Where(r => r.Value!["Type"]!.GetValue<string>() == type)
        .ToDictionary(r => r.Key, r => r.Value!);

    // As SAM does: what both say is merged where it is a map, and the function's own where not.
    static JsonNode Merged(JsonNode global, JsonNode own)
    {
        if (global is not JsonObject theirs || own is not JsonObject ours)
            return own.DeepClone();

        var merged = theirs.DeepClone().AsObject();
        foreach (var (name, value) in ours)
            merged[name] = merged[name] is { } both ? Merged(both, value!) : value!.DeepClone();
        return merged;
    }

    JsonNode? Decide(JsonNode? node) => node switch
    {
        null => null,
        JsonObject o when o["Fn::If"] is { } choice => Decide(choice[Holds(choice[0]!.GetValue<string>()) ? 1 : 2]),
        JsonObject o when o["Ref"]?.GetValue<string>() is { } name && parameters.TryGetValue(name, out var value) => value,
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Decide(p.Value))).Where(p => !IsNothing(p.Value))),
        JsonArray list => new JsonArray([.. list.Select(Decide).Where(item => !IsNothing(item))]),
        _ => node.DeepClone(),
    };

    public bool Holds(string condition) => Holds(Decide(Source["Conditions"]![condition])!);

    bool Holds(JsonNode expression) => expression switch
    {
        JsonObject o when o["Fn::Equals"] is { } both => both[0]!.GetValue<string>() == both[1]!.GetValue<string>(),
        JsonObject o when o["Condition"] is JsonValue name => Holds(name.GetValue<string>()),
        JsonObject o when o["Fn::And"] is JsonArray all => all.All(one => Holds(one!)),
        JsonObject o when o["Fn::Not"] is { } inner => !Holds(inner[0]!),
        _ => throw new NotSupportedException(expression.ToJsonString()),
    };

    static bool IsNothing(JsonNode? node) => node is JsonObject o && o["Ref"]?.GetValue<string>() == "AWS::NoValue";
}
