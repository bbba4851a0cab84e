using System.Text.Json;
using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>One action on one resource, as a role's or a queue's policy allows it.</summary>
/// <param name="Resource">As the template writes it, such as <c>IndexTable.Arn</c>.</param>
/// <param name="Condition">
/// The condition as JSON, if it depends on the resource; null if the statement has none, or one on who asks.
/// </param>
sealed record Permission(string Action, string Resource, string? Condition = null)
{
    /// <summary>Keeps a role from deleting in a repository that its resource tag switches off.</summary>
    public const string UnlessSwitchedOff = """{"StringNotEquals":{"ecr:ResourceTag/pushpruner:enabled":"false"}}""";

    /// <summary>
    /// What the statements allow. Whatever is more than an action on a resource is no permission that this project writes.
    /// </summary>
    public static IEnumerable<Permission> Of(JsonNode policyDocument) =>
        from statement in policyDocument["Statement"]!.AsArray()
        from action in Each(statement!["Action"]!)
        from resource in Each(statement["Resource"]!)
        select new Permission(
            action, resource, action.StartsWith("ecr:", StringComparison.Ordinal) ? statement["Condition"]?.ToJsonString() : null);

    public static IEnumerable<Permission> OfRole(JsonNode role) =>
        role["Properties"]!["Policies"]!.AsArray().SelectMany(policy => Of(policy!["PolicyDocument"]!));

    public override string ToString() => Condition is null ? $"{Action} on {Resource}" : $"{Action} on {Resource} given {Condition}";

    static IEnumerable<string> Each(JsonNode oneOrMany) => oneOrMany is JsonArray many ? many.Select(one => Name(one!)) : [Name(oneOrMany)];

    static string Name(JsonNode resource) => resource switch
    {
        JsonValue text => text.GetValue<string>(),
        JsonObject o when o["Fn::GetAtt"] is JsonArray of => string.Join('.', of.Select(part => part!.GetValue<string>())),
        JsonObject o when o["Fn::Sub"] is JsonValue text => text.GetValue<string>(),
        JsonObject o when o["Ref"] is JsonValue text => text.GetValue<string>(),
        _ => throw new JsonException($"{resource} as a resource: teach this reader what it means"),
    };
}
