using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;
using PushPruner.Jobs;
using PushPruner.Lambda.Events;

namespace PushPruner.Lambda;

/// <summary>The JSON of requests and answers of the functions, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ImageActionEventConverter), typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(CloudWatchEvent<ImageAction>))]
[JsonSerializable(typeof(PruneResult))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(RepositoryList))]
[JsonSerializable(typeof(ReconcileResult))]
public sealed partial class FunctionJson : JsonSerializerContext;
