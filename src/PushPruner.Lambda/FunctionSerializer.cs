using System.Text.Json;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace PushPruner.Lambda;

/// <summary>The serializer with the options of its own context. The base class would use its defaults instead.</summary>
public sealed class FunctionSerializer : SourceGeneratorLambdaJsonSerializer<FunctionJson>
{
    protected override JsonSerializerOptions CreateDefaultJsonSerializationOptions() => new(FunctionJson.Default.Options);
}
