using System.Text.Json.Serialization;

namespace PushPruner.Cli.Replay;

/// <summary>Strict: a misspelt name in a history is an error, not a push without a tag.</summary>
[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(HistoryLine))]
sealed partial class HistoryJson : JsonSerializerContext;
