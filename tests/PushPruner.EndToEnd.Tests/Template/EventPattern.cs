using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>
/// What EventBridge does with a pattern, as far as ours go: every field that is named must have one of the values listed.
/// </summary>
static class EventPattern
{
    public static bool Matches(JsonNode pattern, JsonNode? evt) => pattern switch
    {
        JsonObject fields => evt is JsonObject && fields.All(field => Matches(field.Value!, evt[field.Key])),
        JsonArray values => values.Any(value => value is JsonValue
            ? evt is not null && JsonNode.DeepEquals(value, evt)
            : throw new NotSupportedException($"{value}: teach this matcher what it means")),
        _ => throw new NotSupportedException($"{pattern}: a pattern holds objects and lists"),
    };
}
