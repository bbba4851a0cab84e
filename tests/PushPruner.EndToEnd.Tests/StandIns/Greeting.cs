using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace PushPruner.EndToEnd.Tests.StandIns;

sealed record Greeting(string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Greeting))]
[JsonSerializable(typeof(CloudWatchEvent<Greeting>))]
sealed partial class GreetingJson : JsonSerializerContext;

sealed class DefaultSerializer : SourceGeneratorLambdaJsonSerializer<GreetingJson>;

/// <summary>Keeps the options that the context was generated with, where the base class puts its own in their place.</summary>
sealed class OwnOptionsSerializer : SourceGeneratorLambdaJsonSerializer<GreetingJson>
{
    protected override System.Text.Json.JsonSerializerOptions CreateDefaultJsonSerializationOptions() => new(GreetingJson.Default.Options);
}
