using System.Text.Json;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace PushPruner.Lambda;

/// <summary>The serializer with the options of its own context, which the base class would replace by its defaults.</summary>
public sealed class FunctionSerializer : SourceGeneratorLambdaJsonSerializer<FunctionJson>
{
    protected override JsonSerializerOptions CreateDefaultJsonSerializationOptions() => new(FunctionJson.Default.Options);
}
